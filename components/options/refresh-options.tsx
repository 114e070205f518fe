import { useTranslations } from 'next-intl';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { OptionLine } from '@/lib/options/schema';

/** Keeps a page of options true while it is looked at: acts under way, doubts, and ends from the half hour on. */
export function RefreshOptions({ lines }: { lines: readonly OptionLine[] }) {
  const under = lines.some(({ state, change }) => state === 'pending' || change?.state === 'open');
  const doubt = lines.some(({ state, change }) => state === 'uncertain' || change?.state === 'uncertain');
  const ends = lines.flatMap(({ state, expiresAt }) => (state === 'placed' ? [expiresAt.getTime()] : []));
  return (
    <>
      {under && <RefreshWhileOpen everyMs={3_000} />}
      {doubt && <RefreshWhileOpen everyMs={30_000} />}
      {ends.length > 0 && <RefreshWhileOpen everyMs={5_000} from={Math.min(...ends)} />}
    </>
  );
}

/** The heading of the column of acts: its buttons say enough to whoever sees them. */
export function OptionActsHeading() {
  const t = useTranslations('options.list');
  return (
    <th scope="col">
      <VisuallyHidden>{t('acts')}</VisuallyHidden>
    </th>
  );
}
