import { memo } from 'react';
import { lotHref } from '@/components/stock/links';
import type { LotWords } from '@/components/stock/lot-words';
import { statusLook } from '@/components/stock/status-look';
import { useFlash } from '@/components/stock/use-flash';
import type { Follow } from '@/components/stock/use-follow';
import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';
import { toneLook } from '@/components/ui/tones';
import type { StockLot } from '@/lib/stock/schema';

/** One lot of the plan: its label and size on the colour, shape and hatch of its status. */
export const PlanCell = memo(function PlanCell({
  lot,
  column,
  tabStop,
  faded,
  words,
  follow,
}: {
  lot: StockLot;
  /** Its column in the landing's grid. */
  column: number;
  tabStop: boolean;
  faded: boolean;
  words: LotWords;
  follow: Follow;
}) {
  const look = statusLook[words.status(lot).family];
  const flash = useFlash(`${lot.statusCode}/${lot.result}/${lot.optionRank}`);
  const size = words.wholeArea(lot.surface);
  return (
    // A narrow cell, on a phone or on a long landing, says its number and typology; a wider one the surface too.
    <td
      data-lot={lot.extcode}
      className="group @container row-start-1 min-w-0"
      style={{ gridColumnStart: column }}
    >
      <a
        href={lotHref(lot.promoter, lot.extcode)}
        tabIndex={tabStop ? 0 : -1}
        aria-label={words.whole(lot)}
        onClick={follow}
        onAnimationEnd={flash.onAnimationEnd}
        className={cx(
          'block h-full min-h-11 rounded-md px-1.5 py-1 font-semibold text-xs leading-tight no-underline outline-offset-1',
          'hover:outline-2 hover:outline-brand focus-visible:outline-2 focus-visible:outline-brand',
          'group-data-hover:outline-2 group-data-hover:outline-brand',
          faded ? 'bg-card text-ink-3 shadow-[inset_0_0_0_1px_var(--line)]' : toneLook[look.tone],
          look.closed && !faded && 'hatched',
          flash.flashing && 'animate-flash',
        )}
      >
        <span className="flex items-center justify-between gap-0.5">
          <span className="truncate">{lot.label}</span>
          <Icon name={look.icon} className="@max-[60px]:hidden" />
        </span>
        <span className="mt-0.5 flex items-center justify-between gap-0.5 font-[450] text-[0.6875rem]">
          <span className="truncate">
            {lot.typology}
            {size !== null && (
              <span className="@max-[60px]:hidden">{lot.typology === null ? size : ` · ${size}`}</span>
            )}
          </span>
          <Icon name={look.icon} className="@min-[60px]:hidden" />
        </span>
      </a>
    </td>
  );
});
