import { describe, expect, it } from 'vitest';
import { optionRight } from './lot-acts';
import { aLot } from './testing';

const now = new Date('2026-06-15T09:12:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const lot = (given: Parameters<typeof aLot>[0] | object) => aLot({ label: 'L502', ...given });

describe('optionRight', () => {
  it('expects rank 1 on a free lot and rank 2 behind a first option', () => {
    expect(optionRight(lot({}), 'fresh', now)).toEqual({ allowed: true, rank: 1 });
    expect(
      optionRight(lot({ statusCode: 'OPTION', optionRank: 1, optionSeenAt: now }), 'fresh', now),
    ).toEqual({
      allowed: true,
      rank: 2,
    });
  });

  it('believes a recent reading of the lot over a list that still calls it free', () => {
    const read = (optionRank: number, minutes = 1) =>
      optionRight(lot({ optionRank, optionSeenAt: minutesAgo(minutes) }), 'fresh', now);
    expect(read(1)).toEqual({ allowed: true, rank: 2 });
    expect(read(2)).toEqual({ allowed: false, why: 'bothRanks' });
    expect(read(0)).toEqual({ allowed: true, rank: 1 });
    expect(read(1, 11)).toEqual({ allowed: true, rank: 1 });
  });

  it('promises no rank when it is not known how many options there are', () => {
    expect(optionRight(lot({ statusCode: 'OPTION' }), 'stale', now)).toEqual({ allowed: true, rank: null });
  });

  it('asks Koban again whether both ranks are still taken, once it was told so ten minutes ago', () => {
    const full = { statusCode: 'OPTION', optionRank: 2, rank1EndsAt: new Date('2026-06-16T10:00:00Z') };
    const right = (minutes: number) =>
      optionRight(lot({ ...full, optionSeenAt: minutesAgo(minutes) }), 'fresh', now);
    expect(right(9)).toEqual({ allowed: false, why: 'bothRanks' });
    expect(right(10)).toEqual({ allowed: true, rank: 'taken' });
  });

  it('promises no rank once the half hour of the first one’s end has come', () => {
    const rank1EndsAt = new Date('2026-06-15T09:00:00Z');
    for (const optionRank of [1, 2])
      expect(
        optionRight(lot({ statusCode: 'OPTION', optionRank, rank1EndsAt, optionSeenAt: now }), 'fresh', now),
      ).toEqual({ allowed: true, rank: null });
  });

  it.each([
    ['bothRanks', { statusCode: 'OPTION', optionRank: 2, optionSeenAt: now }],
    ['preresv', { statusCode: 'PRERESV' }],
    ['resv', { statusCode: 'RESV' }],
    ['bloque', { statusCode: 'BLOQUE' }],
    ['acte', { statusCode: 'RESV', result: 'WON' }],
    ['other', { statusCode: 'PARTENAIRE', statusLabel: 'Réservé partenaires' }],
    ['withdrawn', { withdrawn: true }],
    ['notActable', { actable: false }],
  ])('says why not: %s', (why, given) => {
    expect(optionRight(lot(given), 'fresh', now)).toEqual({ allowed: false, why });
  });

  it('suspends what would be possible while Koban is silent, and says the lot’s own reason first', () => {
    expect(optionRight(lot({}), 'suspended', now)).toEqual({ allowed: false, why: 'suspended' });
    expect(optionRight(lot({ statusCode: 'RESV' }), 'suspended', now)).toEqual({
      allowed: false,
      why: 'resv',
    });
  });
});
