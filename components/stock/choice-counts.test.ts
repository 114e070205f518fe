import { describe, expect, it } from 'vitest';
import { NO_FILTERS } from '@/lib/stock/schema';
import { countChoices } from './choice-counts';
import { aLot, anAnnex } from './testing';

const lots = [
  aLot({
    label: 'a',
    typology: 'T2',
    floor: 1,
    annexes: [anAnnex({ label: 'P1' }), anAnnex({ label: 'P2' })],
  }),
  aLot({ label: 'b', typology: 'T3', floor: 1, exposure: null }),
  aLot({
    label: 'c',
    typology: 'T3',
    floor: 2,
    statusCode: 'RESV',
    annexes: [anAnnex({ label: 'C1', kind: 'Cave' })],
  }),
  aLot({ label: 'd', typology: null, floor: null }),
];

describe('countChoices', () => {
  it('counts each value once per lot when nothing is filtered', () => {
    const counts = countChoices(lots, NO_FILTERS);
    expect(counts.available).toBe(3);
    expect([...counts.typologies]).toEqual([
      ['T2', 1],
      ['T3', 2],
    ]);
    expect(counts.annexes.get('parking')).toBe(1);
    expect(counts.exposures.get('S')).toBe(3);
  });

  it('says what another choice of the same filter would add, under the other filters', () => {
    const counts = countChoices(lots, { ...NO_FILTERS, typologies: ['T3'], floors: [1] });
    expect([...counts.typologies]).toEqual([
      ['T2', 1],
      ['T3', 1],
    ]);
    expect([...counts.floors]).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(counts.statuses.get('libre')).toBe(1);
    expect(counts.statuses.get('resv')).toBeUndefined();
  });
});
