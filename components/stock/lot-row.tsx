import Link from 'next/link';
import { memo } from 'react';
import { lotHref } from '@/components/stock/links';
import type { LotWords } from '@/components/stock/lot-words';
import { StatusBadge } from '@/components/stock/status-badge';
import { Skeleton } from '@/components/ui/skeleton';
import type { StockLot } from '@/lib/stock/schema';

/** The columns of the wide screen, shared with the list's head; a phone draws two lines instead. */
export const rowGrid =
  'grid items-center gap-x-4 px-4 sm:grid-cols-[3.5rem_2.75rem_2.75rem_5rem_2.75rem_minmax(0,1fr)_6rem_10.75rem] ' +
  'max-sm:grid-cols-[auto_auto_auto_1fr_auto] max-sm:gap-x-2.5 max-sm:content-center max-sm:gap-y-1';

/** One lot. The whole row leads to its page. */
export const LotRow = memo(function LotRow({
  lot,
  index,
  words,
}: {
  lot: StockLot;
  index: number;
  words: LotWords;
}) {
  return (
    <tr
      aria-rowindex={index + 2}
      data-lot={lot.extcode}
      className={`${rowGrid} relative h-(--row) border-line border-b text-[0.875rem] last:border-b-0 focus-within:bg-brand-bg/60 hover:bg-brand-bg/60 data-hover:bg-brand-bg/60`}
    >
      <td className="truncate">
        <Link
          href={lotHref(lot.promoter, lot.extcode)}
          prefetch={false}
          className="font-semibold no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-brand"
        >
          {lot.label}
        </Link>
      </td>
      <td>{lot.typology ?? words.none}</td>
      <td className="max-sm:text-ink-3">{words.floor(lot) ?? words.none}</td>
      <td className="whitespace-nowrap text-right">{words.area(lot.surface) ?? words.none}</td>
      <td className="max-sm:hidden">{words.exposure(lot) ?? words.none}</td>
      <td className="line-clamp-2 text-ink-3 text-xs max-sm:order-last max-sm:col-start-5 max-sm:line-clamp-1 max-sm:text-right">
        {lot.annexes.length === 0 ? (
          <span className="max-sm:hidden">{words.none}</span>
        ) : (
          lot.annexes.map((annex) => `${annex.kind} ${annex.label}`).join(' · ')
        )}
      </td>
      <td className="whitespace-nowrap text-right font-semibold">
        {lot.priceCents === null ? words.none : words.price(lot.priceCents)}
      </td>
      <td className="min-w-0 max-sm:col-span-4">
        <StatusBadge status={lot} />
      </td>
    </tr>
  );
});

/** A row that has not come yet: its place is kept. */
export function WaitingRow({ index }: { index: number }) {
  return (
    <tr aria-rowindex={index + 2} className={`${rowGrid} h-(--row) border-line border-b last:border-b-0`}>
      <td className="sm:col-span-7 max-sm:col-span-5">
        <Skeleton className="h-4 w-full" />
      </td>
      <td className="max-sm:hidden">
        <Skeleton className="h-6 w-28 rounded-full" />
      </td>
    </tr>
  );
}
