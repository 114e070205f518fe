import { describe, expect, it } from 'vitest';
import { countChoices } from '@/components/stock/choice-counts';
import { FIRST_ROWS, firstLotsOf, readFirst } from '@/components/stock/first-lots';
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
    const first = readFirst(firstLotsOf([lot, ...many], NO_FILTERS), 'valmont');
    expect(first.lots).toHaveLength(FIRST_ROWS);
    expect(first.lots[0]).toEqual(lot);
    expect(first).toMatchObject({ matching: many.length + 1, total: many.length + 1 });
  });

  it('sends the rows that the filters of the address keep, and counts them all', () => {
    const filters = { ...NO_FILTERS, typologies: ['T2'] };
    const first = readFirst(firstLotsOf(many, filters), 'valmont');
    expect(first.lots.every(({ typology }) => typology === 'T2')).toBe(true);
    const matching = many.filter(({ typology }) => typology === 'T2').length;
    expect(first).toMatchObject({ matching, total: many.length });
    expect(first.counts).toEqual(countChoices(many, filters));
  });

  it('gives the same summary while the lots are the same', () => {
    expect(firstLotsOf(many, NO_FILTERS)).toBe(firstLotsOf(many, NO_FILTERS));
  });
});
