import { setImmediate as immediate } from 'node:timers/promises';
import type { PromoterId, TenantScope } from '@/lib/core/scope';
import { asTenant } from '@/lib/db/tenancy';
import { type Shaper, shaperFor } from './prepare-lot';
import {
  type LotCursor,
  type LotRecord,
  lotRowsAfter,
  type ProgrammeRow,
  programmeRows,
  type StockHeader,
  stockHeader,
} from './queries';
import { encodeLot, statusFamily } from './rules';
import type { FamilyCounts, StatusFamily, StockAnnex, StockLot, WireExtra } from './schema';

/** One lot or annex as this process keeps it: encoded, with what sums and deltas need. */
export type ShelfRow = {
  extcode: string;
  programmeCode: string;
  /** Stock version of its last change; for an annex, of its principal's if that is later, since it names it. */
  version: number;
  live: boolean;
  guid: string | null;
  family: StatusFamily;
  priceCents: number | null;
  typology: string | null;
  /** The encoded lot; empty for an annex. */
  wire: string;
  annex: { principalGuid: string | null; shaped: StockAnnex } | null;
};

/** Sums over the principal lots of one programme. */
export type ProgrammeSummary = {
  total: number;
  counts: FamilyCounts;
  priceFromCents: number | null;
  typologies: string[];
};

/** The rows of one programme. `maxVersion` lets a delta pass over those where nothing changed. */
export type ShelfProgramme = {
  rows: Set<ShelfRow>;
  live: number;
  maxVersion: number;
  /** What was made of the rows as they stand, for those who ask again. */
  made: { lots?: StockLot[]; summary?: ProgrammeSummary };
};

/** One promoter's stock in this process, brought up to date by what changed since. */
export type Shelf = {
  promoterId: PromoterId;
  header: StockHeader;
  version: number;
  programmes: ProgrammeRow[];
  byProgramme: Map<string, ShelfProgramme>;
  byCode: Map<string, ShelfRow>;
  byGuid: Map<string, ShelfRow>;
  annexesByGuid: Map<string, Set<ShelfRow>>;
  extras: WireExtra[];
  shaper: Shaper;
  /** What the rows were shaped by: another mapping or label, and all are shaped again. */
  settings: string;
};

type Keeper = { shelf: Shelf | null; checkedAt: number; checking: Promise<Shelf | null> | null };

// Routes, pages and jobs are bundled apart: one shelf for the whole process, as for the database.
const shared = globalThis as typeof globalThis & { parvisShelves?: Map<PromoterId, Keeper> };
shared.parvisShelves ??= new Map();
const keepers = shared.parvisShelves;

// The version is asked at most once a second and promoter, however many people look: a change shows within that.
const CHECK_MS = 1_000;
// Enough to make a query worth its while, little enough that the process answers others between two.
const CHUNK = 1_000;

/** The promoter's stock, at most a second old; null when the scope does not hold that promoter. */
export async function shelfOf(scope: TenantScope, promoterId: PromoterId): Promise<Shelf | null> {
  if (!scope.promoters.includes(promoterId)) return null;
  let keeper = keepers.get(promoterId);
  if (!keeper) {
    keeper = { shelf: null, checkedAt: 0, checking: null };
    keepers.set(promoterId, keeper);
  }
  if (keeper.shelf && performance.now() - keeper.checkedAt < CHECK_MS) return keeper.shelf;
  keeper.checking ??= check(keeper, scope, promoterId);
  return keeper.checking;
}

/** Makes this process look at once whether the promoter's stock has changed: after an act of its own. */
export function noticeStockChange(promoterId: PromoterId): void {
  const keeper = keepers.get(promoterId);
  if (keeper) keeper.checkedAt = Number.NEGATIVE_INFINITY;
}

async function check(keeper: Keeper, scope: TenantScope, promoterId: PromoterId): Promise<Shelf | null> {
  const startedAt = performance.now();
  try {
    keeper.shelf = await refresh(keeper.shelf, scope, promoterId);
    keeper.checkedAt = startedAt;
    return keeper.shelf;
  } finally {
    keeper.checking = null;
  }
}

async function refresh(old: Shelf | null, scope: TenantScope, promoterId: PromoterId): Promise<Shelf | null> {
  const header = await asTenant(scope, (tx) => stockHeader(tx, promoterId));
  if (!header) return null;
  const settings = JSON.stringify([header.slug, header.settings]);
  const sameShape = old !== null && old.settings === settings;
  if (sameShape && old.version === header.version) {
    // Only its age has changed: what is kept stays the same object.
    old.header = header;
    return old;
  }
  const programmes = await asTenant(scope, (tx) => programmeRows(tx, promoterId));
  const stepsChanged = sameShape && stepsOf(old.programmes) !== stepsOf(programmes);
  const base = sameShape && !stepsChanged ? old : null;
  const shaper = shaperFor(header.slug, header.settings, programmes);
  const shelf: Shelf = {
    promoterId,
    header,
    settings,
    programmes,
    version: header.version,
    byProgramme: base?.byProgramme ?? new Map(),
    byCode: base?.byCode ?? new Map(),
    byGuid: base?.byGuid ?? new Map(),
    annexesByGuid: base?.annexesByGuid ?? new Map(),
    extras: shaper.extras,
    shaper,
  };
  const encode = encoder(shelf);
  let cursor: LotCursor = { version: base ? base.version + 1 : 0, extcode: '' };
  for (;;) {
    const rows = await asTenant(scope, (tx) => lotRowsAfter(tx, promoterId, cursor, CHUNK));
    for (const row of rows) put(shelf, row, encode);
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) break;
    cursor = { version: last.version, extcode: last.extcode };
    await immediate();
  }
  return shelf;
}

const stepsOf = (programmes: readonly ProgrammeRow[]) => JSON.stringify(programmes.map(({ steps }) => steps));

function encoder(shelf: Shelf): (lot: StockLot) => string {
  const places = new Map(shelf.extras.map((extra, place) => [extra.key, place]));
  return (lot) => JSON.stringify(encodeLot(lot, places));
}

function put(shelf: Shelf, record: LotRecord, encode: (lot: StockLot) => string): void {
  const { extcode, programmeCode, guid, principalGuid } = record;
  const lot = record.secondary ? null : shelf.shaper.lot(record);
  const row: ShelfRow = {
    extcode,
    programmeCode,
    version: record.version,
    live: record.withdrawnAt === null,
    guid,
    family: statusFamily(record.statusCode, record.result),
    priceCents: record.priceCents,
    typology: lot?.typology ?? null,
    wire: lot ? encode(lot) : '',
    annex: lot ? null : { principalGuid, shaped: shelf.shaper.annex(record, null) },
  };
  const old = shelf.byCode.get(extcode);
  if (old) remove(shelf, old);
  shelf.byCode.set(extcode, row);
  const programme = programmeOf(shelf, programmeCode);
  programme.rows.add(row);
  if (row.live) programme.live += 1;
  if (principalGuid !== null && row.annex) {
    const others = shelf.annexesByGuid.get(principalGuid) ?? new Set();
    shelf.annexesByGuid.set(principalGuid, others.add(row));
    touch(shelf, row, shelf.byGuid.get(principalGuid)?.version ?? 0);
  }
  touch(shelf, row, row.version);
  // A lot that changed its code has two rows for a while: the live one answers to the guid.
  const holder = guid === null ? undefined : shelf.byGuid.get(guid);
  if (guid !== null && (!holder || row.live || holder.extcode === extcode)) shelf.byGuid.set(guid, row);
  // Annexes name their lot: when it comes, goes or changes its code, they are sent again too.
  for (const annex of shelf.annexesByGuid.get(guid ?? '') ?? []) touch(shelf, annex, row.version);
}

function remove(shelf: Shelf, row: ShelfRow): void {
  const programme = programmeOf(shelf, row.programmeCode);
  programme.rows.delete(row);
  if (row.live) programme.live -= 1;
  programme.made = {};
  if (row.annex?.principalGuid) shelf.annexesByGuid.get(row.annex.principalGuid)?.delete(row);
}

function touch(shelf: Shelf, row: ShelfRow, version: number): void {
  row.version = Math.max(row.version, version);
  const programme = programmeOf(shelf, row.programmeCode);
  programme.maxVersion = Math.max(programme.maxVersion, row.version);
  programme.made = {};
}

function programmeOf(shelf: Shelf, code: string): ShelfProgramme {
  const known = shelf.byProgramme.get(code);
  if (known) return known;
  const made: ShelfProgramme = { rows: new Set(), live: 0, maxVersion: 0, made: {} };
  shelf.byProgramme.set(code, made);
  return made;
}
