import {
  annexFamily,
  type Facet,
  type FilterTest,
  filterTests,
  mayAskOption,
  statusFamily,
} from '@/lib/stock/rules';
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

// A slice of work short enough that no key waits for it.
const SLICE = 1_000;

/** Counts the choices. Choices of one filter add up (T2 or T3), but for annexes (a parking and a cave). */
export function countChoices(lots: readonly StockLot[], filters: StockFilters): ChoiceCounts {
  const counting = countingChoices(lots, filters);
  for (;;) {
    const { done, value } = counting.next();
    if (done) return value;
  }
}

/** The same, a thousand lots at a time: other work may be done between two slices. */
export function* countingChoices(
  lots: readonly StockLot[],
  filters: StockFilters,
): Generator<undefined, ChoiceCounts> {
  const now = new Date();
  const tests = filterTests(lots, filters, now);
  const counts = {
    available: 0,
    typologies: new Map<string, number>(),
    floors: new Map<number, number>(),
    exposures: new Map<string, number>(),
    annexes: new Map<AnnexFamily, number>(),
    statuses: new Map<StatusFamily, number>(),
  };
  for (const [place, lot] of lots.entries()) {
    if (place % SLICE === SLICE - 1) yield;
    // A lot that a single filter leaves out is one that another choice of that filter would show.
    const out = leftOutBy(tests, lot);
    if (out === 'several') continue;
    const shown = (facet: Facet) => out === null || out.facet === facet;
    if (shown('available') && mayAskOption(lot, now)) counts.available += 1;
    if (shown('typologies')) add(counts.typologies, lot.typology);
    if (shown('floors')) add(counts.floors, lot.floor);
    if (shown('exposures')) add(counts.exposures, lot.exposure);
    if (shown('statuses')) add(counts.statuses, statusFamily(lot.statusCode, lot.result));
    if (out === null)
      for (const family of new Set(lot.annexes.map(({ kind }) => annexFamily(kind))))
        add(counts.annexes, family);
  }
  return counts;
}

function leftOutBy(tests: readonly FilterTest[], lot: StockLot): FilterTest | 'several' | null {
  let only: FilterTest | null = null;
  for (const test of tests) {
    if (test.holds(lot)) continue;
    if (only) return 'several';
    only = test;
  }
  return only;
}

function add<Value>(counts: Map<Value, number>, value: Value | null): void {
  if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
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
