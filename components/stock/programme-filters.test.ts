import { describe, expect, it } from 'vitest';
import type { ProgrammeCard } from '@/lib/stock/schema';
import {
  applyProgrammeFilters,
  liveCards,
  type ProgrammeFilters,
  programmeChoices,
} from './programme-filters';
import { aLot } from './testing';

const none: ProgrammeFilters = {
  query: '',
  cities: [],
  promoters: [],
  deliveries: [],
  typologies: [],
  budget: null,
  free: false,
};

function aCard(given: Partial<ProgrammeCard> & { code: string }): ProgrammeCard {
  return {
    promoter: 'valmont',
    promoterName: 'Groupe Valmont',
    label: given.code,
    regroup: null,
    address: null,
    zip: null,
    city: 'Nantes',
    zone: 'A',
    latitude: null,
    longitude: null,
    delivery: { year: 2028, quarter: 3 },
    deliveryText: null,
    description: null,
    honoraires: null,
    image: null,
    total: 10,
    counts: { libre: 4, option: 0, preresv: 0, resv: 6, bloque: 0, acte: 0, other: 0 },
    priceFromCents: 20_000_000,
    typologies: ['T2', 'T3'],
    freshness: { state: 'fresh', seenAt: new Date(0), why: null },
    progress: { phase: 'delta', done: 10, total: 10, complete: true, lastFault: null },
    ...given,
  };
}

const cards = [
  aCard({ code: 'TDC', label: 'Les Terrasses du Canal', address: '12 quai de Versailles' }),
  aCard({ code: 'CLU', label: 'Cour Lumière', city: 'Lyon', delivery: { year: 2027, quarter: null } }),
  aCard({
    code: 'RIV',
    label: 'Rives',
    promoter: 'littoral',
    promoterName: 'Rives & Littoral',
    city: null,
    delivery: null,
  }),
];
const nothingHeld = new Map();
const codes = (
  filters: Partial<ProgrammeFilters>,
  held: Parameters<typeof applyProgrammeFilters>[1] = nothingHeld,
) =>
  applyProgrammeFilters(cards, held, { ...none, ...filters }).map(({ card, matching }) => [
    card.code,
    matching,
  ]);

describe('applyProgrammeFilters', () => {
  it('searches names, places and promoters without accents or case', () => {
    expect(codes({ query: 'lumiere' })).toEqual([['CLU', null]]);
    expect(codes({ query: 'QUAI de vers' })).toEqual([['TDC', null]]);
    expect(codes({ query: 'littoral' })).toEqual([['RIV', null]]);
  });

  it('leaves out what has no city or date when one is asked for', () => {
    expect(codes({ cities: ['Nantes', 'Lyon'] })).toEqual([
      ['TDC', null],
      ['CLU', null],
    ]);
    expect(codes({ deliveries: [2027] })).toEqual([['CLU', null]]);
    expect(codes({ promoters: ['littoral'] })).toEqual([['RIV', null]]);
  });

  it('counts the lots that may still be had and answer everything at once', () => {
    const held = new Map([
      [
        'valmont/TDC',
        [
          aLot({ label: 'a', typology: 'T3', priceCents: 29_000_000 }),
          aLot({ label: 'b', typology: 'T3', priceCents: 31_000_000 }),
          aLot({ label: 'c', typology: 'T2', priceCents: 20_000_000 }),
          aLot({ label: 'd', typology: 'T3', priceCents: 28_000_000, statusCode: 'OPTION', optionRank: 1 }),
          aLot({ label: 'e', typology: 'T3', priceCents: 28_000_000, statusCode: 'RESV' }),
          aLot({ label: 'f', typology: 'T3', priceCents: null }),
        ],
      ],
      ['valmont/CLU', [aLot({ label: 'g', typology: 'T4', priceCents: 10_000_000 })]],
      ['littoral/RIV', []],
    ]);
    expect(codes({ typologies: ['T3'], budget: 300_000 }, held)).toEqual([['TDC', 2]]);
    expect(codes({ typologies: ['T3'], budget: 300_000, free: true }, held)).toEqual([['TDC', 1]]);
    expect(codes({ free: true }, held)).toEqual([
      ['TDC', 4],
      ['CLU', 1],
    ]);
  });

  it('before the stock has come, leaves out only what the card rules out', () => {
    expect(codes({ typologies: ['T4'] })).toEqual([]);
    expect(codes({ typologies: ['T3'], budget: 150_000 })).toHaveLength(3);
    expect(codes({ free: true, budget: 150_000 })).toEqual([]);
  });
});

describe('liveCards', () => {
  it('takes counts and price from the lots in the browser, and keeps the card where none have come', () => {
    const held = new Map([
      ['valmont/TDC', [aLot({ label: 'a', priceCents: 5 }), aLot({ label: 'b', statusCode: 'RESV' })]],
    ]);
    const [tdc, clu] = liveCards(cards, held);
    expect(tdc).toMatchObject({ total: 2, priceFromCents: 5, counts: { libre: 1, resv: 1 } });
    expect(clu).toBe(cards[1]);
  });
});

describe('programmeChoices', () => {
  it('offers each value once, in order, with its number of programmes', () => {
    const { cities, deliveries, typologies } = programmeChoices(cards);
    expect(cities.values).toEqual(['Lyon', 'Nantes']);
    expect(deliveries.values).toEqual([2027, 2028]);
    expect(typologies.counts.get('T3')).toBe(3);
  });
});
