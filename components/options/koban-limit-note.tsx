import { useLocale, useTranslations } from 'next-intl';
import { Note } from '@/components/ui/note';
import { formatMinute } from '@/lib/core/paris';
import type { KobanLimit } from '@/lib/options/schema';

/** What Koban's own limit leaves to all partners, once it refused or little is left. `promoter`: whose Koban, where several are shown. */
export function KobanLimitNote({ limit, promoter }: { limit: KobanLimit; promoter?: string }) {
  const t = useTranslations('options.limits');
  const locale = useLocale();
  const { fullSince, scarce } = limit;
  const words = fullSince
    ? t('koban', { at: formatMinute(fullSince, locale) })
    : scarce && t('scarce', { left: scarce.left, most: scarce.most });
  if (!words) return null;
  return (
    <Note tone="warn" title={promoter}>
      {words}
    </Note>
  );
}
