import { parseAsArrayOf, parseAsBoolean, parseAsInteger, parseAsString } from 'nuqs/server';

/** How the filters of the list of programmes stand in its URL. */
export const programmeParsers = {
  query: parseAsString.withDefault(''),
  cities: parseAsArrayOf(parseAsString).withDefault([]),
  promoters: parseAsArrayOf(parseAsString).withDefault([]),
  deliveries: parseAsArrayOf(parseAsInteger).withDefault([]),
  typologies: parseAsArrayOf(parseAsString).withDefault([]),
  budget: parseAsInteger,
  free: parseAsBoolean.withDefault(false),
};

export const programmeUrlKeys = {
  query: 'q',
  cities: 'ville',
  promoters: 'promoteur',
  deliveries: 'livraison',
  typologies: 'type',
  budget: 'budget',
  free: 'libres',
} as const satisfies Record<keyof typeof programmeParsers, string>;
