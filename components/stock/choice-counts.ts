import { annexFamily, applyFilters, mayAskOption, statusFamily } from '@/lib/stock/rules';
import type { AnnexFamily, StatusFamily, StockFilters, StockLot } from '@/lib/stock/schema';

/** How many lots each choice of a filter would leave, all the other filters being kept. */
export type ChoiceCounts = {
  available: number;
  typologies: ReadonlyMap<string, number>;
  floors: ReadonlyMap<number, number>;
  exposures: ReadonlyMap<string, number>;
  annexes: ReadonlyMap<AnnexFamily, number>;
  statuses: ReadonlyMap<StatusFamily, number>;
};

/** Counts the choices. Choices of one filter add up (T2 or T3), but for annexes (a parking and a cave). */
export function countChoices(lots: readonly StockLot[], filters: StockFilters): ChoiceCounts {
  const now = new Date();
  const without = (change: Partial<StockFilters>) => applyFilters(lots, { ...filters, ...change }, now);
  return {
    available: without({ available: false }).filter((lot) => mayAskOption(lot, now)).length,
    typologies: tally(without({ typologies: [] }), (lot) => known(lot.typology)),
    floors: tally(without({ floors: [] }), (lot) => known(lot.floor)),
    exposures: tally(without({ exposures: [] }), (lot) => known(lot.exposure)),
    statuses: tally(without({ statuses: [] }), (lot) => [statusFamily(lot.statusCode, lot.result)]),
    annexes: tally(without({}), (lot) => new Set(lot.annexes.map(({ kind }) => annexFamily(kind)))),
  };
}

/** How many of these things carry each value. */
export function tally<Thing, Value>(
  things: readonly Thing[],
  values: (thing: Thing) => Iterable<Value>,
): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const thing of things)
    for (const value of values(thing)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const known = <Value>(value: Value | null): Value[] => (value === null ? [] : [value]);
