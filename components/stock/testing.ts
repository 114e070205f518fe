import type { StockAnnex, StockLot } from '@/lib/stock/schema';

/** A free T3 for tests; its code is its label unless told. */
export function aLot(given: Partial<StockLot> & { label: string }): StockLot {
  return {
    promoter: 'valmont',
    extcode: given.label,
    programmeCode: 'TDC',
    statusCode: 'LIBRE',
    statusLabel: null,
    result: null,
    priceCents: 30_000_000,
    rooms: 3,
    typology: 'T3',
    kind: 'Appartement',
    floor: 1,
    floorLabel: null,
    surface: 62.5,
    balcony: null,
    terrace: null,
    garden: null,
    exposure: 'S',
    position: null,
    stair: null,
    dpe: null,
    optionRank: null,
    rank1EndsAt: null,
    optionSeenAt: null,
    actable: true,
    withdrawn: false,
    version: 1,
    annexes: [],
    extras: [],
    ...given,
  };
}

/** A parking space for tests. */
export function anAnnex(given: Partial<StockAnnex> & { label: string }): StockAnnex {
  return {
    extcode: given.label,
    kind: 'Parking',
    priceCents: 1_500_000,
    statusCode: 'LIBRE',
    statusLabel: null,
    result: null,
    programmeCode: 'TDC',
    principal: null,
    actable: true,
    version: 1,
    ...given,
  };
}
