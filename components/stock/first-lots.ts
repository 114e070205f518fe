import { type ChoiceCounts, countChoices } from '@/components/stock/choice-counts';
import { isFiltered } from '@/components/stock/filter-values';
import { applyFilters, attachAnnexes, encodeLot, facetsOf, priceFrom } from '@/lib/stock/rules';
import {
  decodeLot,
  NO_FILTERS,
  type StockAnnex,
  type StockFilters,
  type StockLot,
  type WireLot,
} from '@/lib/stock/schema';

/** Rows that the server draws, before the browser has measured anything: as many as a desk screen shows. */
export const FIRST_ROWS = 20;

/** What the first paint of a programme needs of its lots: small, since the whole stock follows in one cached download. */
export type FirstLots = {
  lots: WireLot[];
  annexes: StockAnnex[];
  /** Lots that match the filters of the address, and lots in all. */
  matching: number;
  total: number;
  facets: ReturnType<typeof facetsOf>;
  counts: ChoiceCounts;
  priceFromCents: number | null;
};

const noExtras: ReadonlyMap<string, number> = new Map();

// The loader gives the same lots until one changes, and most people come without a filter.
const unfiltered = new WeakMap<readonly StockLot[], FirstLots>();

/** Keeps the first rows under these filters, encoded, and sums the others up. */
export function firstLotsOf(lots: readonly StockLot[], filters: StockFilters): FirstLots {
  if (isFiltered(filters) || filters.sort !== NO_FILTERS.sort) return sumUp(lots, filters);
  const known = unfiltered.get(lots) ?? sumUp(lots, filters);
  unfiltered.set(lots, known);
  return known;
}

function sumUp(lots: readonly StockLot[], filters: StockFilters): FirstLots {
  const matching = applyFilters(lots, filters);
  const first = matching.slice(0, FIRST_ROWS);
  return {
    lots: first.map((lot) => encodeLot(lot, noExtras)),
    annexes: first.flatMap((lot) => lot.annexes),
    matching: matching.length,
    total: lots.length,
    facets: facetsOf(lots),
    counts: countChoices(lots, filters),
    priceFromCents: priceFrom(lots),
  };
}

/** The rows that the server sent, as lots. */
export function decodeFirst(first: FirstLots, promoter: string): StockLot[] {
  return attachAnnexes(
    first.lots.map((row) => decodeLot(row, promoter, [])),
    first.annexes,
  );
}
