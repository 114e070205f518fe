import { memo } from 'react';
import { lotHref } from '@/components/stock/links';
import type { LotWords } from '@/components/stock/lot-words';
import { StatusMark } from '@/components/stock/status-badge';
import type { Follow } from '@/components/stock/use-follow';
import { Skeleton } from '@/components/ui/skeleton';
import type { StockLot } from '@/lib/stock/schema';

/** One lot; how its cells stand is in lot-list.module.css. */
export const LotRow = memo(function LotRow({
  lot,
  index,
  words,
  follow,
}: {
  lot: StockLot;
  index: number;
  words: LotWords;
  follow: Follow;
}) {
  return (
    <tr aria-rowindex={index + 2} data-lot={lot.extcode}>
      <td>
        <a href={lotHref(lot.promoter, lot.extcode)} onClick={follow}>
          {lot.label}
        </a>
      </td>
      <td>{lot.typology ?? words.none}</td>
      <td>{words.floor(lot) ?? words.none}</td>
      <td>{words.area(lot.surface) ?? words.none}</td>
      <td>{words.exposure(lot) ?? words.none}</td>
      <td>
        {lot.annexes.length === 0
          ? words.none
          : lot.annexes.map((annex) => `${annex.kind} ${annex.label}`).join(' · ')}
      </td>
      <td>{lot.priceCents === null ? words.none : words.price(lot.priceCents)}</td>
      <td>
        <StatusMark status={lot} words={words.status(lot)} />
      </td>
    </tr>
  );
});

/** A row that has not come yet: its place is kept. */
export function WaitingRow({ index }: { index: number }) {
  return (
    <tr aria-rowindex={index + 2}>
      <td className="col-span-full">
        <Skeleton className="h-4 w-full rounded-md" />
      </td>
    </tr>
  );
}
