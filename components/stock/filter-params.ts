import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { ANNEX_FAMILIES, NO_FILTERS, STATUS_FAMILIES, STOCK_SORTS } from '@/lib/stock/schema';

/** How the filters of a programme's lots stand in its URL; read by the server for the first paint, by the browser after. */
export const filterParsers = {
  query: parseAsString.withDefault(NO_FILTERS.query),
  typologies: parseAsArrayOf(parseAsString).withDefault(NO_FILTERS.typologies),
  floors: parseAsArrayOf(parseAsInteger).withDefault(NO_FILTERS.floors),
  surfaceMin: parseAsInteger,
  surfaceMax: parseAsInteger,
  priceMin: parseAsInteger,
  priceMax: parseAsInteger,
  exposures: parseAsArrayOf(parseAsString).withDefault(NO_FILTERS.exposures),
  annexes: parseAsArrayOf(parseAsStringLiteral(ANNEX_FAMILIES)).withDefault(NO_FILTERS.annexes),
  statuses: parseAsArrayOf(parseAsStringLiteral(STATUS_FAMILIES)).withDefault(NO_FILTERS.statuses),
  available: parseAsBoolean.withDefault(NO_FILTERS.available),
  sort: parseAsStringLiteral(STOCK_SORTS).withDefault(NO_FILTERS.sort),
};
