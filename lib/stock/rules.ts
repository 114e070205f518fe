import { expiryBoundary } from '@/lib/core/half-hours';
import type { Locale } from '@/lib/core/locale';
import { nameKey } from '@/lib/core/normalise';
import {
  type AnnexFamily,
  type Delivery,
  decodeLot,
  type FamilyCounts,
  type Freshness,
  STATUS_FAMILIES,
  type StatusFamily,
  type StockAnnex,
  type StockBook,
  type StockDelta,
  type StockFilters,
  type StockLot,
  type StockSnapshot,
  type StockSort,
  type WireLot,
} from './schema';

const FAMILY_OF_CODE = new Map<string, StatusFamily>([
  ['LIBRE', 'libre'],
  ['OPTION', 'option'],
  ['PRERESV', 'preresv'],
  ['RESV', 'resv'],
  ['BLOQUE', 'bloque'],
]);

/** The family of a status: Koban Immobilier's five codes, `Result` WON for acted, and `other` for a customer's own. */
export function statusFamily(code: string, result: string | null): StatusFamily {
  if (result?.toUpperCase() === 'WON') return 'acte';
  return FAMILY_OF_CODE.get(code) ?? FAMILY_OF_CODE.get(code.toUpperCase()) ?? 'other';
}

/**
 * How long a reading of a lot's options holds by itself, in milliseconds. The status is OPTION for one option as for two, so that
 * nothing tells the mirror when one of two ends. Ten minutes: whoever was just told that a lot is full is not sent to ask
 * again at once, and an option cancelled before its end is not missed for long.
 */
export const READING_HOLDS_MS = 600_000;

/**
 * What may still be believed of a lot's options: nothing from the half hour at which rank 1 ends, nor, where that is not known,
 * once the reading is old. `fresh`: the reading is too recent to be asked for again. `rank1Until`: that half hour, the only end of
 * rank 1 to be shown; Koban's own date may lie within the half hour before.
 */
export function believedOptions(
  { optionRank, rank1EndsAt, optionSeenAt }: Pick<StockLot, 'optionRank' | 'rank1EndsAt' | 'optionSeenAt'>,
  now: Date,
): { rank: StockLot['optionRank']; rank1Until: Date | null; fresh: boolean } {
  const recent = optionSeenAt !== null && now.getTime() - optionSeenAt.getTime() < READING_HOLDS_MS;
  const rank1Until = rank1EndsAt && expiryBoundary(rank1EndsAt);
  const holds = rank1Until ? now < rank1Until : recent;
  return holds
    ? { rank: optionRank, rank1Until, fresh: recent }
    : { rank: null, rank1Until: null, fresh: false };
}

/**
 * What a lot is shown as: Koban's status, but for a lot that its list still calls free while a recent reading of its own found options
 * there.
 */
export function shownFamily(
  lot: Pick<StockLot, 'statusCode' | 'result' | 'optionRank' | 'rank1EndsAt' | 'optionSeenAt'>,
  now: Date,
): StatusFamily {
  const family = statusFamily(lot.statusCode, lot.result);
  if (family !== 'libre') return family;
  const { rank, fresh } = believedOptions(lot, now);
  return fresh && rank !== null && rank > 0 ? 'option' : 'libre';
}

/** Whether an option may be asked for now, as far as the mirror knows: GetLotStatus alone decides. */
export function mayAskOption(lot: StockLot, now: Date): boolean {
  if (!lot.actable || lot.withdrawn) return false;
  const family = shownFamily(lot, now);
  if (family !== 'option') return family === 'libre';
  const { rank, fresh } = believedOptions(lot, now);
  return rank !== 2 || !fresh;
}

/** How many lots there are of each family. */
export function countFamilies(lots: readonly StockLot[]): FamilyCounts {
  const counts: FamilyCounts = { libre: 0, option: 0, preresv: 0, resv: 0, bloque: 0, acte: 0, other: 0 };
  for (const lot of lots) counts[statusFamily(lot.statusCode, lot.result)] += 1;
  return counts;
}

/** Lowest price of a free lot, in cents; null when none is free or priced. */
export function priceFrom(lots: readonly StockLot[]): number | null {
  let lowest: number | null = null;
  for (const { statusCode, result, priceCents } of lots) {
    if (priceCents === null || statusFamily(statusCode, result) !== 'libre') continue;
    if (lowest === null || priceCents < lowest) lowest = priceCents;
  }
  return lowest;
}

const ANNEX_WORDS: [RegExp, AnnexFamily][] = [
  [/parking|stationnement|place/, 'parking'],
  [/garage|box/, 'garage'],
  [/cave/, 'cave'],
  [/cellier|local|reserve/, 'cellier'],
  [/jardin/, 'jardin'],
];

/** The family of an annex, from Koban's dwelling type. */
export function annexFamily(kind: string): AnnexFamily {
  const words = nameKey(kind);
  return ANNEX_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
}

/** Gives each lot its annexes, in the order of their labels. Lots whose annexes are the same keep their identity. */
export function attachAnnexes(lots: readonly StockLot[], annexes: readonly StockAnnex[]): StockLot[] {
  const byPrincipal = Map.groupBy(annexes, (annex) => annex.principal);
  for (const group of byPrincipal.values()) group.sort((a, b) => compareText(a.label, b.label));
  return lots.map((lot) => {
    const own = byPrincipal.get(lot.extcode) ?? [];
    const same =
      own.length === lot.annexes.length && own.every((annex, place) => annex === lot.annexes[place]);
    return same ? lot : { ...lot, annexes: own };
  });
}

/** A lot as one row of the wire, without its annexes. `extras`: the place of each custom field in the list that goes with the rows. */
export function encodeLot(lot: StockLot, extras: ReadonlyMap<string, number>): WireLot {
  const { extcode, version, label, programmeCode, statusCode, statusLabel, result, priceCents } = lot;
  const { rooms, typology, kind, floor, floorLabel, surface, balcony, terrace, garden } = lot;
  const { exposure, position, stair, dpe, optionRank, actable } = lot;
  const what = [extcode, version, label, programmeCode, statusCode, statusLabel, result, priceCents] as const;
  const where = [rooms, typology, kind, floor, floorLabel, surface, balcony, terrace, garden] as const;
  const more = lot.extras.flatMap(({ key, value }): WireLot[25] => {
    const place = extras.get(key);
    return place === undefined ? [] : [[place, value]];
  });
  const [endsAt, seenAt] = [lot.rank1EndsAt?.getTime() ?? null, lot.optionSeenAt?.getTime() ?? null];
  const rest = [exposure, position, stair, dpe, optionRank, endsAt, seenAt, actable ? 1 : 0, more] as const;
  return [...what, ...where, ...rest];
}

/** The stock in a snapshot, annexes under their lots. */
export function decodeSnapshot(json: StockSnapshot): StockBook {
  const { annexes } = json;
  const lots = json.lots.map((row) => decodeLot(row, json.promoter, json.extras));
  const { promoter, version, scope } = json;
  return { promoter, version, scope, lots: attachAnnexes(lots, annexes), annexes };
}

/** The stock after a delta; null when the two do not fit together and the snapshot must be taken again. */
export function mergeDelta(book: StockBook, delta: StockDelta): StockBook | null {
  const apart = book.promoter !== delta.promoter || book.scope !== delta.scope || delta.since > book.version;
  if (apart) return null;
  // An older answer that arrives late brings nothing.
  if (delta.version <= book.version) return book;
  const gone = new Set(delta.withdrawn);
  for (const [extcode] of delta.lots) gone.add(extcode);
  for (const { extcode } of delta.annexes) gone.add(extcode);
  const kept = book.lots.filter((lot) => !gone.has(lot.extcode));
  const lots = [...kept, ...delta.lots.map((row) => decodeLot(row, delta.promoter, delta.extras))];
  const annexes = book.annexes.filter((annex) => !gone.has(annex.extcode));
  annexes.push(...delta.annexes);
  if (lots.length + annexes.length !== delta.total) return null;
  return { ...book, version: delta.version, lots: attachAnnexes(lots, annexes), annexes };
}

type Indexed = { text: string; annexes: Set<AnnexFamily> };
type StockIndex = { entries: Map<StockLot, Indexed>; orders: Map<StockSort, StockLot[]> };

// One index per list of lots: a keystroke then only walks a list that is already sorted.
const indexes = new WeakMap<readonly StockLot[], StockIndex>();

function indexOf(lots: readonly StockLot[]): StockIndex {
  const known = indexes.get(lots);
  if (known) return known;
  const entries = new Map<StockLot, Indexed>();
  for (const lot of lots) {
    const words = [lot.label, lot.extcode, lot.typology ?? '', lot.kind ?? '', lot.stair ?? ''];
    entries.set(lot, {
      text: nameKey(`${words.join(' ')} ${lot.annexes.map((annex) => annex.label).join(' ')}`),
      annexes: new Set(lot.annexes.map((annex) => annexFamily(annex.kind))),
    });
  }
  const made = { entries, orders: new Map() };
  indexes.set(lots, made);
  return made;
}

/** A filter whose choices are counted beside it; null for the others (words, bounds). */
export type Facet = 'available' | 'typologies' | 'floors' | 'exposures' | 'statuses' | 'annexes';
export type FilterTest = { facet: Facet | null; holds: (lot: StockLot) => boolean };

/** One test for each filter that is set, at `now`. The same list of lots is prepared once: pass the same array each time. */
export function filterTests(lots: readonly StockLot[], filters: StockFilters, now: Date): FilterTest[] {
  const { entries } = indexOf(lots);
  const tests: FilterTest[] = [];
  const test = (facet: Facet | null, holds: FilterTest['holds']) => tests.push({ facet, holds });
  const { surfaceMin, surfaceMax, priceMin, priceMax, annexes } = filters;
  const typologies = chosen(filters.typologies);
  const floors = chosen(filters.floors);
  const exposures = chosen(filters.exposures);
  const statuses = chosen(filters.statuses);
  const query = nameKey(filters.query);
  if (filters.available) test('available', (lot) => mayAskOption(lot, now));
  if (statuses) test('statuses', (lot) => statuses.has(statusFamily(lot.statusCode, lot.result)));
  if (typologies) test('typologies', ({ typology }) => typology !== null && typologies.has(typology));
  if (floors) test('floors', ({ floor }) => floor !== null && floors.has(floor));
  if (exposures) test('exposures', ({ exposure }) => exposure !== null && exposures.has(exposure));
  if (surfaceMin !== null || surfaceMax !== null)
    test(null, ({ surface }) => within(surface, surfaceMin, surfaceMax));
  if (priceMin !== null || priceMax !== null) {
    const [least, most] = [cents(priceMin), cents(priceMax)];
    test(null, ({ priceCents }) => within(priceCents, least, most));
  }
  if (annexes.length > 0)
    test('annexes', (lot) => annexes.every((family) => entries.get(lot)?.annexes.has(family)));
  if (query !== '') test(null, (lot) => entries.get(lot)?.text.includes(query) === true);
  return tests;
}

const cents = (euros: number | null) => (euros === null ? null : euros * 100);

/** The lots that match all filters at `now`, sorted. The same list of lots is sorted once: pass the same array each time. */
export function applyFilters(
  lots: readonly StockLot[],
  filters: StockFilters,
  now: Date = new Date(),
): StockLot[] {
  const { orders } = indexOf(lots);
  let order = orders.get(filters.sort);
  if (!order) {
    order = [...lots].sort(comparator(filters.sort));
    orders.set(filters.sort, order);
  }
  const tests = filterTests(lots, filters, now);
  return order.filter((lot) => tests.every(({ holds }) => holds(lot)));
}

const chosen = <T>(values: readonly T[]) => (values.length === 0 ? null : new Set(values));

// A lot without the figure is left out only when the person bounds that figure.
function within(value: number | null, least: number | null, most: number | null): boolean {
  return value !== null && (least === null || value >= least) && (most === null || value <= most);
}

const collator = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });
const compareText = (a: string, b: string) => collator.compare(a, b);

/** Sorts by a column; what has no value comes last either way, and equals come in the order of their labels. */
function comparator(sort: StockSort): (a: StockLot, b: StockLot) => number {
  const [descending, key] = sort.startsWith('-') ? [true, sort.slice(1)] : [false, sort];
  const value = SORT_VALUES[key] ?? SORT_VALUES.lot;
  return (a, b) => {
    const [left, right] = [value?.(a) ?? null, value?.(b) ?? null];
    if (left !== right) {
      if (left === null) return 1;
      if (right === null) return -1;
      const order =
        typeof left === 'number' && typeof right === 'number'
          ? left - right
          : compareText(String(left), String(right));
      if (order !== 0) return descending ? -order : order;
    }
    return compareText(a.label, b.label) || (a.extcode < b.extcode ? -1 : 1);
  };
}

const SORT_VALUES: Record<string, (lot: StockLot) => string | number | null> = {
  lot: (lot) => lot.label,
  typologie: (lot) => lot.rooms ?? lot.typology,
  etage: (lot) => lot.floor,
  surface: (lot) => lot.surface,
  exposition: (lot) => lot.exposure,
  prix: (lot) => lot.priceCents,
  statut: (lot) => STATUS_FAMILIES.indexOf(statusFamily(lot.statusCode, lot.result)),
};

/** The choices that these lots offer, for the filters' controls. Prices in cents. */
export function facetsOf(lots: readonly StockLot[]) {
  const distinct = <T extends string | number>(values: (T | null)[]) =>
    [...new Set(values.filter((value) => value !== null))].sort((a, b) =>
      typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)),
    );
  const range = (values: (number | null)[]): [number, number] | null => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (value === null) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return least > most ? null : [least, most];
  };
  return {
    typologies: distinct(lots.map((lot) => lot.typology)),
    floors: distinct(lots.map((lot) => lot.floor)),
    exposures: distinct(lots.map((lot) => lot.exposure)),
    annexes: distinct(lots.flatMap((lot) => lot.annexes.map((annex) => annexFamily(annex.kind)))),
    surface: range(lots.map((lot) => lot.surface)),
    priceCents: range(lots.map((lot) => lot.priceCents)),
    counts: countFamilies(lots),
  };
}

/** An exposure on screen: west is O in French, W in English. */
export function exposureLabel(exposure: string, locale: Locale): string {
  return locale === 'en' && /^[NSEO]{1,4}$/.test(exposure) ? exposure.replaceAll('O', 'W') : exposure;
}

/** « RDC », « 1er », « 2e », « SS1 »; « G », « 1st », « B1 » in English. */
export function floorLabel(floor: number, locale: Locale): string {
  if (floor < 0) return `${locale === 'fr' ? 'SS' : 'B'}${-floor}`;
  if (floor === 0) return locale === 'fr' ? 'RDC' : 'G';
  if (locale === 'fr') return floor === 1 ? '1er' : `${floor}e`;
  const teens = floor % 100 >= 11 && floor % 100 <= 13;
  return `${floor}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][floor % 10] ?? 'th')}`;
}

/** « T3 2028 » in French, « Q3 2028 » in English. */
export function deliveryLabel({ year, quarter }: Delivery, locale: Locale): string {
  return quarter === null ? String(year) : `${locale === 'fr' ? 'T' : 'Q'}${quarter} ${year}`;
}

// Four pulls missed in a row is no hiccup; past a quarter of an hour a status is a memory, not a fact.
const FRESH_MS = 120_000;
const STALE_MS = 900_000;

/** How old the stock is: Koban's last whole answer, and whether the portal is still asking. */
export function freshness(lastSeenAt: Date | null, lastAttemptAt: Date | null, now: Date): Freshness {
  if (!lastSeenAt) return { state: 'suspended', seenAt: null, why: 'never-seen' };
  const age = now.getTime() - lastSeenAt.getTime();
  if (age <= FRESH_MS) return { state: 'fresh', seenAt: lastSeenAt, why: null };
  const asking = lastAttemptAt !== null && now.getTime() - lastAttemptAt.getTime() <= FRESH_MS;
  return {
    state: age <= STALE_MS ? 'stale' : 'suspended',
    seenAt: lastSeenAt,
    why: asking ? 'koban-silent' : 'not-asking',
  };
}
