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

/** Rows that the server draws, before the browser has measured anything: as many as a screen of 1,000 points shows. */
export const FIRST_ROWS = 10;

/** What the first paint of a programme needs of its lots: small, since the whole stock follows in one cached download. */
export type FirstLots = {
  lots: StockLot[];
  /** Lots that match the filters of the address, and lots in all. */
  matching: number;
  total: number;
  facets: ReturnType<typeof facetsOf>;
  counts: ChoiceCounts;
  priceFromCents: number | null;
};

/** The same as text. React would visit each of its 400 values, as it writes them, reads them back and sends them. */
type Encoded = Omit<FirstLots, 'lots' | 'counts'> & {
  lots: WireLot[];
  annexes: StockAnnex[];
  counts: { [Name in keyof ChoiceCounts]: Listed<ChoiceCounts[Name]> };
};
type Listed<Value> = Value extends ReadonlyMap<infer Choice, number> ? [Choice, number][] : Value;

const noExtras: ReadonlyMap<string, number> = new Map();

// The loader gives the same lots until one changes, and most people come without a filter.
const unfiltered = new WeakMap<readonly StockLot[], string>();

/** Keeps the first rows under these filters and sums the others up, as text for `readFirst`. */
export function firstLotsOf(lots: readonly StockLot[], filters: StockFilters): string {
  if (isFiltered(filters) || filters.sort !== NO_FILTERS.sort) return sumUp(lots, filters);
  const known = unfiltered.get(lots) ?? sumUp(lots, filters);
  unfiltered.set(lots, known);
  return known;
}

function sumUp(lots: readonly StockLot[], filters: StockFilters): string {
  const matching = applyFilters(lots, filters);
  const first = matching.slice(0, FIRST_ROWS);
  const { available, typologies, floors, exposures, annexes, statuses } = countChoices(lots, filters);
  return JSON.stringify({
    lots: first.map((lot) => encodeLot(lot, noExtras)),
    annexes: first.flatMap((lot) => lot.annexes),
    matching: matching.length,
    total: lots.length,
    facets: facetsOf(lots),
    counts: {
      available,
      typologies: [...typologies],
      floors: [...floors],
      exposures: [...exposures],
      annexes: [...annexes],
      statuses: [...statuses],
    },
    priceFromCents: priceFrom(lots),
  } satisfies Encoded);
}

/** What `firstLotsOf` wrote of a promoter's lots. */
export function readFirst(text: string, promoter: string): FirstLots {
  const { lots, annexes, counts, ...sums }: Encoded = JSON.parse(text);
  return {
    ...sums,
    lots: attachAnnexes(
      lots.map((row) => decodeLot(row, promoter, [])),
      annexes,
    ),
    counts: {
      available: counts.available,
      typologies: new Map(counts.typologies),
      floors: new Map(counts.floors),
      exposures: new Map(counts.exposures),
      annexes: new Map(counts.annexes),
      statuses: new Map(counts.statuses),
    },
  };
}
