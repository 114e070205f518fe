import { statusFamily } from '@/lib/stock/rules';
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

/** What may be asked for on a lot: the rank to expect (null: Koban will say), or the reason why nothing can. */
export type OptionRight = { allowed: true; rank: 1 | 2 | null } | { allowed: false; why: NoOption };

/** What the mirror lets one expect; GetLotStatus decides when the option is placed. */
export function optionRight(lot: StockLot, state: Freshness['state']): OptionRight {
  const no = (why: NoOption): OptionRight => ({ allowed: false, why });
  if (lot.withdrawn) return no('withdrawn');
  if (!lot.actable) return no('notActable');
  const family = statusFamily(lot.statusCode, lot.result);
  if (family !== 'libre' && family !== 'option') return no(family);
  if (family === 'option' && lot.optionRank === 2) return no('bothRanks');
  if (state === 'suspended') return no('suspended');
  if (family === 'libre') return { allowed: true, rank: 1 };
  return { allowed: true, rank: lot.optionRank === 1 ? 2 : null };
}
