import { getFormatter, getTranslations } from 'next-intl/server';
import { MirrorActs } from '@/components/operator/mirror-acts';
import { Card } from '@/components/ui/card';
import { Note } from '@/components/ui/note';

export type MirrorRow = {
  promoterId: string;
  name: string;
  lots: number;
  seenAt: Date | null;
  reconciledAt: Date | null;
  lastFault: string | null;
  reconcileFault: string | null;
  /** Lots that the last whole pass would have withdrawn, and up to how many the operator has confirmed since. */
  gone: number | null;
  confirmed: number | null;
};

/** Every promoter's copy of its Koban's stock: how old it is, what went wrong, and what only a person may decide. */
export async function MirrorList({ mirrors }: { mirrors: readonly MirrorRow[] }) {
  const [t, format] = await Promise.all([getTranslations('operator.stock'), getFormatter()]);
  const at = (instant: Date | null) => (instant ? format.dateTime(instant, 'dayClock') : t('never'));
  return (
    <Card>
      <ul className="divide-y divide-line">
        {mirrors.map(({ promoterId, name, lots, gone, confirmed, ...row }) => (
          <li key={promoterId} className="grid gap-3 px-4 py-4">
            <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
              <div className="min-w-0">
                <h2 className="font-semibold">{name}</h2>
                <p className="text-ink-2 text-sm">{t('lots', { count: lots })}</p>
                <p className="text-ink-2 text-sm">{t('seen', { at: at(row.seenAt) })}</p>
                <p className="text-ink-2 text-sm">{t('reconciled', { at: at(row.reconciledAt) })}</p>
              </div>
              <MirrorActs
                promoterId={promoterId}
                name={name}
                gone={gone !== null && confirmed === null ? gone : null}
              />
            </div>
            {row.lastFault !== null && (
              <Note tone="warn" title={t('pullFault')}>
                {row.lastFault}
              </Note>
            )}
            {gone !== null ? (
              <Note tone="warn" title={t(confirmed === null ? 'goneTitle' : 'confirmedTitle')}>
                {t(confirmed === null ? 'gone' : 'confirmed', { gone, lots })}
              </Note>
            ) : (
              row.reconcileFault !== null && (
                <Note tone="warn" title={t('reconcileFault')}>
                  {row.reconcileFault}
                </Note>
              )
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
