import { believedOptions, shownFamily } from '@/lib/stock/rules';
import type { Freshness, StockLot } from '@/lib/stock/schema';

/** Why no option can be asked for on a lot now; each is a sentence in the messages, under `stock.acts.no`. */
export type NoOption =
  | 'withdrawn'
  | 'notActable'
  | 'suspended'
  | 'bothRanks'
  | 'preresv'
  | 'resv'
  | 'bloque'
  | 'acte'
  | 'other';

/**
 * What may be asked for on a lot, or the reason why nothing can. `rank`: the one to expect; `taken`: both were, when last read; null:
 * Koban will say.
 */
export type OptionRight = { allowed: true; rank: 1 | 2 | 'taken' | null } | { allowed: false; why: NoOption };

/** What the mirror lets one expect at `now`; GetLotStatus decides when the option is placed. */
export function optionRight(lot: StockLot, state: Freshness['state'], now: Date): OptionRight {
  const no = (why: NoOption): OptionRight => ({ allowed: false, why });
  if (lot.withdrawn) return no('withdrawn');
  if (!lot.actable) return no('notActable');
  const family = shownFamily(lot, now);
  if (family !== 'libre' && family !== 'option') return no(family);
  const { rank, fresh } = believedOptions(lot, now);
  if (family === 'option' && rank === 2 && fresh) return no('bothRanks');
  if (state === 'suspended') return no('suspended');
  if (family === 'libre') return { allowed: true, rank: 1 };
  if (rank === 2) return { allowed: true, rank: 'taken' };
  return { allowed: true, rank: rank === 1 ? 2 : null };
}
