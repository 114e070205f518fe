import { describe, expect, it } from 'vitest';
import { optionRight } from './lot-acts';
import { aLot } from './testing';

const lot = (given: Parameters<typeof aLot>[0] | object) => aLot({ label: 'L502', ...given });

describe('optionRight', () => {
  it('expects rank 1 on a free lot and rank 2 behind a first option', () => {
    expect(optionRight(lot({}), 'fresh')).toEqual({ allowed: true, rank: 1 });
    expect(optionRight(lot({ statusCode: 'OPTION', optionRank: 1 }), 'fresh')).toEqual({
      allowed: true,
      rank: 2,
    });
  });

  it('promises no rank when it is not known how many options there are', () => {
    expect(optionRight(lot({ statusCode: 'OPTION' }), 'stale')).toEqual({ allowed: true, rank: null });
  });

  it.each([
    ['bothRanks', { statusCode: 'OPTION', optionRank: 2 }],
    ['preresv', { statusCode: 'PRERESV' }],
    ['resv', { statusCode: 'RESV' }],
    ['bloque', { statusCode: 'BLOQUE' }],
    ['acte', { statusCode: 'RESV', result: 'WON' }],
    ['other', { statusCode: 'PARTENAIRE', statusLabel: 'Réservé partenaires' }],
    ['withdrawn', { withdrawn: true }],
    ['notActable', { actable: false }],
  ])('says why not: %s', (why, given) => {
    expect(optionRight(lot(given), 'fresh')).toEqual({ allowed: false, why });
  });

  it('suspends what would be possible while Koban is silent, and says the lot’s own reason first', () => {
    expect(optionRight(lot({}), 'suspended')).toEqual({ allowed: false, why: 'suspended' });
    expect(optionRight(lot({ statusCode: 'RESV' }), 'suspended')).toEqual({ allowed: false, why: 'resv' });
  });
});
