import { useTranslations } from 'next-intl';
import { useShutWords } from '@/components/options/shut-words';
import { Note } from '@/components/ui/note';
import type { ShutActs, ShutPromoter } from '@/lib/options/schema';

/** Promoters that no longer open themselves to the partner: why, and how many acts he has there. */
export function ShutPromoters({ of, promoters }: { of: ShutActs; promoters: readonly ShutPromoter[] }) {
  const t = useTranslations('options.shut.acts');
  const words = useShutWords();
  return promoters.map(({ promoterName, count, ...shut }) => (
    <Note key={promoterName} tone="warn" className="mb-3">
      {t(of, { why: words(shut, promoterName), count })}
    </Note>
  ));
}
