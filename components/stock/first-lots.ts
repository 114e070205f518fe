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

/** Rows that the server draws, before the browser has measured anything: as many as fill a screen of 1,080 points. */
export const FIRST_ROWS = 12;

type FirstRows = { lots: WireLot[]; annexes: StockAnnex[] };

/** What the first paint of a programme needs of its lots: small, since the whole stock follows in one cached download. */
export type FirstLots = {
  /** The first of them, a `FirstRows` as text: React would visit each of their 300 values, on its way out and in again. */
  rows: string;
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
  const rows: FirstRows = {
    lots: first.map((lot) => encodeLot(lot, noExtras)),
    annexes: first.flatMap((lot) => lot.annexes),
  };
  return {
    rows: JSON.stringify(rows),
    matching: matching.length,
    total: lots.length,
    facets: facetsOf(lots),
    counts: countChoices(lots, filters),
    priceFromCents: priceFrom(lots),
  };
}

/** The rows that the server sent, as lots. */
export function decodeFirst(first: FirstLots, promoter: string): StockLot[] {
  const { lots, annexes }: FirstRows = JSON.parse(first.rows);
  return attachAnnexes(
    lots.map((row) => decodeLot(row, promoter, [])),
    annexes,
  );
}
