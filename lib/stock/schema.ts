/** The value of a custom field, typed by the promoter's mapping: square metres, cents, `YYYY-MM-DD`, text. */
export type FieldValue = string | number | boolean;
export type ExtraType = 'text' | 'area' | 'number' | 'money' | 'date' | 'boolean' | 'list';

/** A custom field that the portal has no column for: shown under the promoter's own label. */
export type StockExtra = { key: string; label: string; type: ExtraType; value: FieldValue };

/** A secondary lot (parking, cellar…). `principal` is the extcode of the lot it goes with, null when it goes with none that this person sees. */
export type StockAnnex = {
  extcode: string;
  label: string;
  /** Koban's dwelling type, « Parking », « Cave »; the label's own words when it has none. */
  kind: string;
  priceCents: number | null;
  statusCode: string;
  statusLabel: string | null;
  result: string | null;
  programmeCode: string;
  principal: string | null;
  actable: boolean;
  version: number;
};

/** One principal lot as the screens hold it. Money in cents, surfaces in square metres. */
export type StockLot = {
  /** The promoter's slug. */
  promoter: string;
  extcode: string;
  label: string;
  programmeCode: string;
  statusCode: string;
  /** The promoter's or Koban's own words for the status, for codes that the portal does not know. */
  statusLabel: string | null;
  /** Koban's `Result`; `WON` means acted. */
  result: string | null;
  priceCents: number | null;
  rooms: number | null;
  /** « T3 » when the rooms are known, else Koban's dwelling type. */
  typology: string | null;
  /** Koban's dwelling type: « Appartement », « Maison ». */
  kind: string | null;
  floor: number | null;
  /** Koban's own words for the floor, when they are not just its number. */
  floorLabel: string | null;
  surface: number | null;
  balcony: number | null;
  terrace: number | null;
  garden: number | null;
  /** `N`, `NE`… `NO` in French initials, or the promoter's own words. */
  exposure: string | null;
  /** Place on the floor, from 1. */
  position: number | null;
  stair: string | null;
  dpe: string | null;
  /** Options in progress when last known: 0, 1 or 2; null when not known. */
  optionRank: 0 | 1 | 2 | null;
  rank1EndsAt: Date | null;
  /** When the two above were last read: `believedOptions` says whether they still hold. */
  optionSeenAt: Date | null;
  /** False when Koban holds no code for the lot: nothing can be done on it from here. */
  actable: boolean;
  withdrawn: boolean;
  version: number;
  annexes: StockAnnex[];
  extras: StockExtra[];
};

/** All that one person may see of one promoter's stock, at one version. `scope` changes with what they may see. */
export type StockBook = {
  promoter: string;
  version: number;
  scope: string;
  lots: StockLot[];
  annexes: StockAnnex[];
};

/** A lot without its annexes. One row, one tuple: an unchanged row stays encoded on the server from version to version. */
export type WireLot = [
  extcode: string,
  version: number,
  label: string,
  programmeCode: string,
  statusCode: string,
  statusLabel: string | null,
  result: string | null,
  priceCents: number | null,
  rooms: number | null,
  typology: string | null,
  kind: string | null,
  floor: number | null,
  floorLabel: string | null,
  surface: number | null,
  balcony: number | null,
  terrace: number | null,
  garden: number | null,
  exposure: string | null,
  position: number | null,
  stair: string | null,
  dpe: string | null,
  optionRank: 0 | 1 | 2 | null,
  rank1EndsAtMs: number | null,
  optionSeenAtMs: number | null,
  actable: 0 | 1,
  extras: [field: number, value: FieldValue][],
];
export type WireExtra = Omit<StockExtra, 'value'>;

/** What `GET /api/stock?promoter=…` answers. */
export type StockSnapshot = {
  kind: 'snapshot';
  promoter: string;
  version: number;
  scope: string;
  extras: WireExtra[];
  lots: WireLot[];
  annexes: StockAnnex[];
};

/** What `GET /api/stock?promoter=…&since=<version>` answers: rows that changed since, and the codes of those that went. */
export type StockDelta = Omit<StockSnapshot, 'kind'> & {
  kind: 'delta';
  since: number;
  withdrawn: string[];
  /** Rows (lots and annexes) visible at this version: whoever holds another number takes the snapshot again. */
  total: number;
};

/** Headers of both answers, ISO instants: the age of the stock changes without its version changing. */
export const SEEN_AT_HEADER = 'x-stock-seen-at';
export const ATTEMPT_AT_HEADER = 'x-stock-attempt-at';

/** A row as the screens hold it, its annexes not yet attached. */
export function decodeLot(row: WireLot, promoter: string, extras: WireExtra[]): StockLot {
  return {
    promoter,
    extcode: row[0],
    version: row[1],
    label: row[2],
    programmeCode: row[3],
    statusCode: row[4],
    statusLabel: row[5],
    result: row[6],
    priceCents: row[7],
    rooms: row[8],
    typology: row[9],
    kind: row[10],
    floor: row[11],
    floorLabel: row[12],
    surface: row[13],
    balcony: row[14],
    terrace: row[15],
    garden: row[16],
    exposure: row[17],
    position: row[18],
    stair: row[19],
    dpe: row[20],
    optionRank: row[21],
    rank1EndsAt: row[22] === null ? null : new Date(row[22]),
    optionSeenAt: row[23] === null ? null : new Date(row[23]),
    actable: row[24] === 1,
    withdrawn: false,
    annexes: [],
    extras: row[25].flatMap(([field, value]) => {
      const extra = extras[field];
      return extra ? [{ ...extra, value }] : [];
    }),
  };
}

/** What the person narrows the list by. Prices in whole euros, surfaces in square metres, as they stand in the URL. */
export type StockFilters = {
  query: string;
  typologies: string[];
  floors: number[];
  surfaceMin: number | null;
  surfaceMax: number | null;
  priceMin: number | null;
  priceMax: number | null;
  exposures: string[];
  /** Families of annexes that the lot must have, all of them. */
  annexes: AnnexFamily[];
  statuses: StatusFamily[];
  /** Only lots on which an option may be asked for now: free, or with one option. */
  available: boolean;
  sort: StockSort;
};

export const STATUS_FAMILIES = ['libre', 'option', 'preresv', 'resv', 'bloque', 'acte', 'other'] as const;
/** What a lot's status means to the portal; a code that the promoter made up is `other`, under Koban's own label. */
export type StatusFamily = (typeof STATUS_FAMILIES)[number];
export type FamilyCounts = Record<StatusFamily, number>;

export const ANNEX_FAMILIES = ['parking', 'garage', 'cave', 'cellier', 'jardin', 'other'] as const;
export type AnnexFamily = (typeof ANNEX_FAMILIES)[number];

const SORT_KEYS = ['lot', 'typologie', 'etage', 'surface', 'exposition', 'prix', 'statut'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
/** A column, with `-` before it from the highest down. */
export type StockSort = SortKey | `-${SortKey}`;
export const STOCK_SORTS = SORT_KEYS.flatMap((key): StockSort[] => [key, `-${key}`]);

export const NO_FILTERS: StockFilters = {
  query: '',
  typologies: [],
  floors: [],
  surfaceMin: null,
  surfaceMax: null,
  priceMin: null,
  priceMax: null,
  exposures: [],
  annexes: [],
  statuses: [],
  available: false,
  sort: 'lot',
};

/** The filters' names in the URL, for nuqs's `urlKeys` (lists are comma-separated, as its `parseAsArrayOf` writes them). */
export const FILTER_URL_KEYS = {
  query: 'q',
  typologies: 'type',
  floors: 'etage',
  surfaceMin: 'surface-min',
  surfaceMax: 'surface-max',
  priceMin: 'prix-min',
  priceMax: 'prix-max',
  exposures: 'exposition',
  annexes: 'annexe',
  statuses: 'statut',
  available: 'dispo',
  sort: 'tri',
} as const satisfies Record<keyof StockFilters, string>;

/** How old the stock is on screen. `why`: Koban is silent, or this portal has stopped asking. */
export type Freshness = {
  state: 'fresh' | 'stale' | 'suspended';
  seenAt: Date | null;
  why: 'koban-silent' | 'not-asking' | 'never-seen' | null;
};

/** A quarter in which a building is handed over; `quarter` null when only the year is known. */
export type Delivery = { year: number; quarter: 1 | 2 | 3 | 4 | null };

/** Where the mirror of one promoter stands. Counts are of lots. */
export type SyncProgress = {
  phase: 'waiting' | 'full' | 'delta' | 'reconcile';
  done: number;
  total: number | null;
  /** Whether the first full pull has ended: before that, what is on screen is partial. */
  complete: boolean;
  lastFault: string | null;
};

export type StockDocument = { key: string; label: string; type: 'image' | 'document'; href: string };

/** One programme as a card shows it. */
export type ProgrammeCard = {
  promoter: string;
  promoterName: string;
  code: string;
  label: string;
  regroup: string | null;
  address: string | null;
  zip: string | null;
  city: string | null;
  zone: string | null;
  latitude: number | null;
  longitude: number | null;
  delivery: Delivery | null;
  /** The promoter's own words, when they are no date. */
  deliveryText: string | null;
  description: string | null;
  /** Percentage before tax, or the promoter's own words. */
  honoraires: number | string | null;
  image: StockDocument | null;
  total: number;
  counts: FamilyCounts;
  /** Lowest price of a free lot, in cents; null when none is free. */
  priceFromCents: number | null;
  typologies: string[];
  freshness: Freshness;
  progress: SyncProgress;
};

/** One programme's header: all of it goes to the browser. */
export type ProgrammeDetail = ProgrammeCard & {
  documents: StockDocument[];
  extras: StockExtra[];
};

/** What must be known of a promoter's stock before anything is read in it. */
export type PromoterStock = Pick<ProgrammeCard, 'promoter' | 'promoterName' | 'freshness' | 'progress'>;

/** One lot's page. */
export type LotDetail = {
  lot: StockLot;
  description: string | null;
  documents: StockDocument[];
  /** Set when the link was to an annex: the one asked for. */
  annex: StockAnnex | null;
  programme: ProgrammeDetail;
  /** Lot, then each annex, then all together; null where a price is not known. */
  breakdown: { lotCents: number | null; annexesCents: number; totalCents: number | null };
};
