import type { Rank } from '@/lib/options/rules';
import { statusFamily } from '@/lib/stock/rules';
import type { StatusFamily, StockLot } from '@/lib/stock/schema';

/** What the stock says of a lot on which an option is being asked for. */
export type Ground = {
  status: string;
  family: StatusFamily;
  withdrawn: boolean;
  rank: StockLot['optionRank'];
};

/** The ground of a lot; of one that the stock no longer holds, that it is gone. */
export function groundOf(lot: StockLot | undefined): Ground {
  if (!lot) return { status: '', family: 'other', withdrawn: true, rank: null };
  const { statusCode, result, withdrawn, optionRank: rank } = lot;
  return {
    status: `${statusCode} ${result ?? ''}`,
    family: statusFamily(statusCode, result),
    withdrawn,
    rank,
  };
}

/**
 * Whether what Koban answered may no longer hold, now that the stock says something else than when it answered. `granted`: the
 * rank it granted; null when it granted none.
 */
export function hasMoved(before: Ground, now: Ground, granted: Rank | null): boolean {
  if (before.withdrawn !== now.withdrawn) return true;
  // The stock catches up with what Koban said already: the button is not taken from under the partner's finger for that.
  if (before.status !== now.status) return !saysAsMuch(now, granted);
  if (now.rank === null || now.rank === before.rank) return false;
  // What the stock has just learnt from that very answer is no news.
  return granted === null ? before.rank === 2 : now.rank !== granted - 1;
}

/** Whether the stock now says what the granted rank says of a lot: free for the first, one option on it for the second. */
function saysAsMuch({ family, rank }: Ground, granted: Rank | null): boolean {
  if (granted === null) return false;
  return family === (granted === 1 ? 'libre' : 'option') && (rank === null || rank === granted - 1);
}
