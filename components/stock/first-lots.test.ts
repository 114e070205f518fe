import { describe, expect, it } from 'vitest';
import { decodeFirst, FIRST_ROWS, firstLotsOf } from '@/components/stock/first-lots';
import { aLot, anAnnex } from '@/components/stock/testing';
import { NO_FILTERS } from '@/lib/stock/schema';

const many = Array.from({ length: FIRST_ROWS + 5 }, (_, index) =>
  aLot({ label: `L${100 + index}`, typology: index % 2 === 0 ? 'T2' : 'T3' }),
);

describe('firstLotsOf', () => {
  it('gives back the first rows as they are, annexes and instants included', () => {
    const lot = aLot({
      label: 'L001',
      statusCode: 'OPTION',
      optionRank: 1,
      rank1EndsAt: new Date('2026-03-02T09:30:00Z'),
      annexes: [anAnnex({ label: 'P12', principal: 'L001' })],
    });
    const first = firstLotsOf([lot, ...many], NO_FILTERS);
    const rows = decodeFirst(first, 'valmont');
    expect(rows).toHaveLength(FIRST_ROWS);
    expect(rows[0]).toEqual(lot);
    expect(first).toMatchObject({ matching: many.length + 1, total: many.length + 1 });
  });

  it('sends the rows that the filters of the address keep, and counts them all', () => {
    const first = firstLotsOf(many, { ...NO_FILTERS, typologies: ['T2'] });
    expect(decodeFirst(first, 'valmont').every(({ typology }) => typology === 'T2')).toBe(true);
    expect(first).toMatchObject({ matching: 9, total: many.length });
  });

  it('gives the same summary while the lots are the same', () => {
    expect(firstLotsOf(many, NO_FILTERS)).toBe(firstLotsOf(many, NO_FILTERS));
  });
});
