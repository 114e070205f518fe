import { useTranslations } from 'next-intl';
import { useShutWords } from '@/components/options/shut-words';
import { Note } from '@/components/ui/note';
import type { ShutPromoter } from '@/lib/options/schema';

/** Promoters that no longer open themselves to the partner: why, and how many options he had in progress there. */
export function ShutPromoters({ promoters }: { promoters: readonly ShutPromoter[] }) {
  const t = useTranslations('options.shut');
  const words = useShutWords();
  return promoters.map(({ promoterName, count, ...shut }) => (
    <Note key={promoterName} tone="warn" className="mb-3">
      {t('promoter', { why: words(shut, promoterName), count })}
    </Note>
  ));
}
