import { useTranslations } from 'next-intl';
import { memo, useRef } from 'react';
import css from '@/components/stock/lot-list.module.css';
import { LotRow, WaitingRow } from '@/components/stock/lot-row';
import { useLotWords } from '@/components/stock/lot-words';
import type { PatchFilters } from '@/components/stock/use-filters';
import { useFollow } from '@/components/stock/use-follow';
import { useVisibleRows } from '@/components/stock/use-visible-rows';
import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';
import type { SortKey, StockLot, StockSort } from '@/lib/stock/schema';

const columns: readonly { key: SortKey | 'annexes'; numeric?: boolean }[] = [
  { key: 'lot' },
  { key: 'typologie' },
  { key: 'etage' },
  { key: 'surface', numeric: true },
  { key: 'exposition' },
  { key: 'annexes' },
  { key: 'prix', numeric: true },
  { key: 'statut' },
];

/** The lots as a table that scrolls with the page. `count` may exceed what has come: the missing rows keep their place. */
export const LotList = memo(function LotList({
  lots,
  count,
  sort,
  patch,
}: {
  lots: readonly StockLot[];
  count: number;
  sort: StockSort;
  patch: PatchFilters;
}) {
  const t = useTranslations('stock');
  const words = useLotWords();
  const follow = useFollow();
  const body = useRef<HTMLTableSectionElement>(null);
  const { from, to } = useVisibleRows(body, count);
  return (
    <table aria-label={t('list.title')} aria-rowcount={count + 1} className={css.table}>
      <thead>
        <tr aria-rowindex={1} className="h-10">
          {columns.map(({ key, numeric }) =>
            key === 'annexes' ? (
              <th key={key} scope="col">
                {t('list.column.annexes')}
              </th>
            ) : (
              <SortHead key={key} column={key} numeric={numeric} sort={sort} patch={patch} />
            ),
          )}
        </tr>
      </thead>
      <tbody
        ref={body}
        style={{ height: `calc(var(--row) * ${count})`, paddingTop: `calc(var(--row) * ${from})` }}
      >
        {Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, place) => {
          const index = from + place;
          const lot = lots[index];
          return lot ? (
            <LotRow key={lot.extcode} lot={lot} index={index} words={words} follow={follow} />
          ) : (
            <WaitingRow key={`row-${index}`} index={index} />
          );
        })}
      </tbody>
    </table>
  );
});

/** A column's name, which sorts by it: up, then down. */
function SortHead({
  column,
  numeric,
  sort,
  patch,
}: {
  column: SortKey;
  numeric?: boolean;
  sort: StockSort;
  patch: PatchFilters;
}) {
  const t = useTranslations('stock.list.column');
  const up = sort === column;
  const down = sort === `-${column}`;
  return (
    <th scope="col" aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      <button
        type="button"
        onClick={() => patch({ sort: up ? `-${column}` : column })}
        className={cx(
          'inline-flex h-8 w-full items-center gap-1 rounded-md font-[550] hover:text-ink',
          numeric && 'justify-end',
          (up || down) && 'text-ink',
        )}
      >
        {t(column)}
        {(up || down) && <Icon name="chevron" className={up ? 'rotate-180' : undefined} />}
      </button>
    </th>
  );
}
