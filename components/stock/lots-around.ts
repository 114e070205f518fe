import { applyFilters, statusFamily } from '@/lib/stock/rules';
import type { StockFilters, StockLot } from '@/lib/stock/schema';

/** Where a lot stands among its programme's under these filters; `place` counts from 1, null when they leave it out. */
export type Neighbours = {
  previous: StockLot | null;
  next: StockLot | null;
  place: number | null;
  count: number;
};

export function neighboursOf(lots: readonly StockLot[], lot: StockLot, filters: StockFilters): Neighbours {
  const own = lots.filter((other) => other.programmeCode === lot.programmeCode);
  const order = applyFilters(own, filters);
  const index = order.findIndex((other) => other.extcode === lot.extcode);
  if (index < 0) return { previous: null, next: null, place: null, count: order.length };
  return {
    previous: order[index - 1] ?? null,
    next: order[index + 1] ?? null,
    place: index + 1,
    count: order.length,
  };
}

/** Free lots of the same size, of this programme first, the nearest price before the others. */
export function similarLots(lots: readonly StockLot[], lot: StockLot, most = 4): StockLot[] {
  const gap = (other: StockLot) =>
    lot.priceCents === null || other.priceCents === null
      ? Number.MAX_SAFE_INTEGER
      : Math.abs(other.priceCents - lot.priceCents);
  const elsewhere = (other: StockLot) => (other.programmeCode === lot.programmeCode ? 0 : 1);
  return lots
    .filter(
      (other) =>
        other.extcode !== lot.extcode &&
        other.typology === lot.typology &&
        statusFamily(other.statusCode, other.result) === 'libre',
    )
    .sort((a, b) => elsewhere(a) - elsewhere(b) || gap(a) - gap(b))
    .slice(0, most);
}
