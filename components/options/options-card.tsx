import { useTranslations } from 'next-intl';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { OptionRow } from '@/components/options/option-row';
import { OptionActsHeading, RefreshOptions } from '@/components/options/refresh-options';
import { Card, CardHeader } from '@/components/ui/card';
import { phoneRow } from '@/components/ui/row-look';
import type { OptionLine } from '@/lib/options/schema';

/** The options that rest on one dénonciation, or that stand on one lot; nothing when there is none yet. */
export function OptionsCard({
  of,
  lines,
  now,
}: {
  of: 'denonciation' | 'lot';
  lines: readonly OptionLine[];
  now: Date;
}) {
  const t = useTranslations('options');
  // The first one may come while the page is open.
  const follow = <RefreshOnAct of={['option']} quiet={of === 'lot'} />;
  if (lines.length === 0) return follow;
  return (
    <Card>
      <div className="px-4 pt-3 empty:hidden">{follow}</div>
      <CardHeader title={t(`card.${of}`)} />
      <RefreshOptions lines={lines} />
      <table className="dense-table max-sm:block">
        <thead className="max-sm:hidden">
          <tr>
            <th scope="col">{t('list.lot')}</th>
            <th scope="col">{t('list.prospect')}</th>
            <th scope="col">{t('list.state')}</th>
            <th scope="col">{t('list.end')}</th>
            {of === 'lot' && <OptionActsHeading />}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {lines.map((line) => (
            <OptionRow
              key={line.id}
              line={line}
              withAdviser={false}
              withActs={of === 'lot'}
              now={now}
              className={phoneRow}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}
