import { describe, expect, it } from 'vitest';
import { NO_FILTERS } from '@/lib/stock/schema';
import { neighboursOf, similarLots } from './lots-around';
import { aLot } from './testing';

const a = aLot({ label: 'L101', priceCents: 30_000_000 });
const b = aLot({ label: 'L102', typology: 'T2', priceCents: 20_000_000 });
const c = aLot({ label: 'L103', priceCents: 33_000_000 });
const elsewhere = aLot({ label: 'A1', programmeCode: 'CLU', priceCents: 30_100_000 });
const sold = aLot({ label: 'L104', priceCents: 30_000_000, statusCode: 'RESV' });
const lots = [elsewhere, c, a, sold, b];

describe('neighboursOf', () => {
  it('follows the order and filters of the programme’s list', () => {
    expect(neighboursOf(lots, b, NO_FILTERS)).toEqual({ previous: a, next: c, place: 2, count: 4 });
    const byPrice = { ...NO_FILTERS, typologies: ['T3'], sort: '-prix' as const };
    expect(neighboursOf(lots, a, byPrice)).toMatchObject({ previous: c, next: sold, place: 2, count: 3 });
  });

  it('knows when the filters leave the lot out', () => {
    expect(neighboursOf(lots, b, { ...NO_FILTERS, typologies: ['T3'] })).toMatchObject({
      place: null,
      count: 3,
    });
  });
});

describe('similarLots', () => {
  it('offers free lots of the same size, of the same programme first, nearest price first', () => {
    const near = aLot({ label: 'L201', priceCents: 31_000_000 });
    expect(similarLots([...lots, near], a)).toEqual([near, c, elsewhere]);
  });
});
