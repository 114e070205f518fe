import type { Rank } from '@/lib/options/rules';
import type { StockLot } from '@/lib/stock/schema';

/** What the stock says of a lot on which an option is being asked for. */
export type Ground = { status: string; withdrawn: boolean; rank: StockLot['optionRank'] };

/** The ground of a lot; of one that the stock no longer holds, that it is gone. */
export function groundOf(lot: StockLot | undefined): Ground {
  return lot
    ? { status: `${lot.statusCode} ${lot.result ?? ''}`, withdrawn: lot.withdrawn, rank: lot.optionRank }
    : { status: '', withdrawn: true, rank: null };
}

/**
 * Whether what Koban answered may no longer hold, now that the stock says something else than when it answered. `granted`: the
 * rank it granted; null when it granted none.
 */
export function hasMoved(before: Ground, now: Ground, granted: Rank | null): boolean {
  if (before.status !== now.status || before.withdrawn !== now.withdrawn) return true;
  if (now.rank === null || now.rank === before.rank) return false;
  // What the stock has just learnt from that very answer is no news.
  return granted === null ? before.rank === 2 : now.rank !== granted - 1;
}
