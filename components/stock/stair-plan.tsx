import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useLotWords } from '@/components/stock/lot-words';
import { PlanCell } from '@/components/stock/plan-cell';
import { type PlanRow, planStep } from '@/components/stock/plan-layout';
import { useFollow } from '@/components/stock/use-follow';
import { floorLabel } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

// A table whose cells are walked with the arrows is a grid, as the ARIA practices have it.
const arrowDriven = { role: 'grid' };

/** The floors of one stair as a grid: one tab stop, arrows from cell to cell, Enter opens the lot. */
export function StairPlan({
  rows,
  columns,
  name,
  matching,
}: {
  rows: PlanRow[];
  columns: number;
  name: string;
  matching: ReadonlySet<StockLot> | null;
}) {
  const t = useTranslations('stock.plan');
  const locale = useLocale();
  const words = useLotWords();
  const follow = useFollow();
  const grid = useRef<HTMLTableElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const cells = rows.flatMap((row) => row.cells);
  // The lot asked for may have left the stock since: the tab stop must be on one that is there.
  const stop = (cells.find(({ lot }) => lot.extcode === asked) ?? cells[0])?.lot.extcode ?? '';

  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = planStep(rows, stop, event.key);
    if (!next) return;
    event.preventDefault();
    setAsked(next.extcode);
    grid.current?.querySelector<HTMLElement>(`[data-lot="${CSS.escape(next.extcode)}"] a`)?.focus();
  };

  return (
    <table
      ref={grid}
      {...arrowDriven}
      aria-label={name}
      onKeyDown={move}
      className="block w-full min-w-fit [&_tr]:mb-1"
    >
      <tbody className="block">
        {rows.map((row) => (
          <tr
            key={row.key}
            className="grid gap-1 [--cell:3.25rem] [--label:2.5rem] max-sm:[--cell:2.875rem] max-sm:[--label:2.125rem]"
            style={{ gridTemplateColumns: `var(--label) repeat(${columns}, minmax(var(--cell), 1fr))` }}
          >
            <th
              scope="row"
              className="sticky left-0 z-[1] row-start-1 grid items-center bg-card text-left font-normal text-ink-3 text-xs"
            >
              {row.floor === null ? t('noFloor') : floorLabel(row.floor, locale)}
            </th>
            {row.cells.map(({ lot, column }) => (
              <PlanCell
                key={lot.extcode}
                lot={lot}
                column={column + 2}
                tabStop={lot.extcode === stop}
                faded={matching !== null && !matching.has(lot)}
                words={words}
                follow={follow}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
