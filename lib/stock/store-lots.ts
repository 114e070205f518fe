import { hash } from 'node:crypto';
import { setImmediate as immediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import { rowsInTurn } from '@/lib/db/rows-in-turn';
import { lotChange } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { KobanLot } from '@/lib/koban/lots';
import { nextVersion } from './queries';

/** Codes by guid of the programmes in the mirror: a lot may name its programme by guid alone. */
export type ProgrammeCodes = ReadonlyMap<string, string>;

/** The row's key: Koban's Extcode, or the guid of a lot that has none. Null cannot come from `lib/koban`, which rejects such lots. */
export const lotCode = (lot: KobanLot): string | null => lot.extcode ?? lot.guid;

/** The guid that holds each code in one pull, by the first lot that came under it. */
export type CodeHolders = Map<string, string | null>;

/** What the mirror has of a lot that a new row is held against. */
type KnownLot = { hash: string; status: string; priceCents: number | null };

/** The mirror's live lots by code, and their codes by guid. */
export type KnownLots = { lots: Map<string, KnownLot>; codes: Map<string, string> };

/**
 * The embedded database works on the server's own thread: between two statements of so many rows, some ten milliseconds each,
 * whoever waits for an answer has a turn.
 */
const WRITE_AT_ONCE = 125;

/**
 * All live lots of the mirror, for a pass over everything: asked page by page they would cost as much as the writing. The lease
 * lets one process write, so that what was read stays true while `storeLots` keeps it up to date.
 */
export async function knownLots(tx: TenantTx, promoterId: PromoterId): Promise<KnownLots> {
  const known: KnownLots = { lots: new Map(), codes: new Map() };
  const live = knownRows(sql`promoter_id = ${promoterId} and withdrawn_at is null`);
  for await (const rows of rowsInTurn<KnownRow>(tx, live)) keepKnown(known, rows);
  return known;
}

type KnownRow = KnownLot & { extcode: string; guid: string | null };

const knownRows = (where: SQL): SQL =>
  sql`select extcode, guid, content_hash as hash, status_code as status, price_cents::float8 as "priceCents"
    from lot where ${where}`;

function keepKnown(known: KnownLots, rows: readonly KnownRow[]): void {
  for (const { extcode, guid, hash: content, status, priceCents } of rows) {
    known.lots.set(extcode, { hash: content, status, priceCents });
    if (guid !== null) known.codes.set(guid, extcode);
  }
}

/** The live lots that have one of these rows' codes or guids. */
async function knownAmong(
  tx: TenantTx,
  promoterId: PromoterId,
  rows: ReadonlyMap<string, LotRow>,
): Promise<KnownLots> {
  // Bound whole, so that either database looks each code up in a hash even before it has statistics of a new table.
  const codes = sql.param([...rows.keys()]);
  const guids = sql.param([...rows.values()].flatMap((row) => row.guid ?? []));
  const known: KnownLots = { lots: new Map(), codes: new Map() };
  const these = knownRows(sql`promoter_id = ${promoterId} and withdrawn_at is null
    and (extcode = any(${codes}::text[]) or guid = any(${guids}::text[]))`);
  keepKnown(known, await rowsOf<KnownRow>(tx, these));
  return known;
}

/**
 * Writes these lots where they differ from the mirror, under one new stock version; nothing at all when none differs.
 * The version is taken with a lock on the promoter's row, so that versions become visible in their order.
 * A lot that returns under another code takes the place of its old row, which is withdrawn. What is news of them is kept in
 * `lot_change` by the same transaction.
 * @param pass what is known of the mirror in a pass over everything; null in a pass over a few
 * @param holders empty at the beginning of a pull, and kept through it
 * @returns how many rows changed
 */
export async function storeLots(
  tx: TenantTx,
  promoterId: PromoterId,
  lots: readonly KobanLot[],
  { programmes, pass, holders }: { programmes: ProgrammeCodes; pass: KnownLots | null; holders: CodeHolders },
): Promise<number> {
  const rows = new Map<string, LotRow>();
  for (const lot of lots) {
    const row = rowOf(lot, programmes);
    if (!row) continue;
    // Two lots under one code: Koban could not tell them apart either, and options go by the code. The first of the pull
    // stays, on whichever page the other comes: else they would take each other's place at every pass.
    if (!holders.has(row.extcode)) holders.set(row.extcode, row.guid);
    if (holders.get(row.extcode) === row.guid) rows.set(row.extcode, row);
  }
  await immediate();
  const known = pass ?? (await knownAmong(tx, promoterId, rows));
  const left = [...rows.values()].flatMap(({ guid }) => {
    const code = guid === null ? undefined : known.codes.get(guid);
    return code === undefined || rows.has(code) || !known.lots.has(code) ? [] : [code];
  });
  const changed = [...rows.values()].filter((row) => known.lots.get(row.extcode)?.hash !== row.hash);
  if (changed.length === 0 && left.length === 0) return 0;
  const version = await nextVersion(tx, promoterId);
  if (await pulledOnce(tx, promoterId)) await recordChanges(tx, promoterId, known, changed);
  for (let from = 0; from < changed.length; from += WRITE_AT_ONCE) {
    await writeRows(tx, promoterId, version, changed.slice(from, from + WRITE_AT_ONCE));
    await immediate();
  }
  if (left.length > 0) await withdraw(tx, promoterId, left, version);
  for (const code of left) known.lots.delete(code);
  keepKnown(known, changed);
  return changed.length;
}

/** Whether what was last read of a lot's options agrees with the status that comes: an option of ours is known before its status is. */
const stillHolds = sql.raw(
  `(excluded.status_code = lot.status_code or (upper(excluded.status_code) = 'OPTION' and lot.option_rank > 0))`,
);

async function writeRows(
  tx: TenantTx,
  promoterId: PromoterId,
  version: number,
  rows: readonly LotRow[],
): Promise<void> {
  const json = `[${rows.map((row) => row.json).join(',')}]`;
  await tx.execute(sql`
    insert into lot (promoter_id, extcode, actable, guid, label, description, programme_code, status_code, status_label,
      result, price_cents, rooms, typology, floor, floor_label, secondary, principal_guid, fields, koban_updated_at,
      content_hash, version)
    select ${promoterId}::uuid, extcode, actable, guid, label, description, programme_code, status_code, status_label,
      result, price_cents, rooms, typology, floor, floor_label, secondary, principal_guid, fields, koban_updated_at,
      content_hash, ${version}
    from json_to_recordset(${json}::text::json) as r(extcode text, actable boolean, guid text, label text, description text,
      programme_code text, status_code text, status_label text, result text, price_cents bigint, rooms integer,
      typology text, floor integer, floor_label text, secondary boolean, principal_guid text, fields jsonb,
      koban_updated_at timestamptz, content_hash text)
    on conflict (promoter_id, extcode) do update set
      actable = excluded.actable, guid = excluded.guid, label = excluded.label, description = excluded.description,
      programme_code = excluded.programme_code, status_code = excluded.status_code, status_label = excluded.status_label,
      result = excluded.result, price_cents = excluded.price_cents, rooms = excluded.rooms, typology = excluded.typology,
      floor = excluded.floor, floor_label = excluded.floor_label, secondary = excluded.secondary,
      principal_guid = excluded.principal_guid, fields = excluded.fields, koban_updated_at = excluded.koban_updated_at,
      content_hash = excluded.content_hash, version = excluded.version, changed_at = clock_timestamp(), withdrawn_at = null,
      option_rank = case when ${stillHolds} then lot.option_rank end,
      rank1_ends_at = case when ${stillHolds} then lot.rank1_ends_at end,
      option_seen_at = case when ${stillHolds} then lot.option_seen_at end`);
}

/**
 * Gives the lots that name their programme by guid alone its code, once the mirror knows that programme: they may have come
 * before it, and do not come again until they change.
 */
export async function nameProgrammes(tx: TenantTx, promoterId: PromoterId): Promise<void> {
  // Bound whole, for the index on the lots' programmes: joined, a database without statistics compares every lot with every programme.
  const guids = await rowsOf<{ guid: string }>(
    tx,
    sql`select guid from programme where promoter_id = ${promoterId} and guid <> code and withdrawn_at is null`,
  );
  const stray = sql`lot.promoter_id = ${promoterId}
    and lot.programme_code = any(${sql.param(guids.map(({ guid }) => guid))}::text[])`;
  const [any] = await rowsOf(tx, sql`select 1 from lot where ${stray} limit 1`);
  if (!any) return;
  const version = await nextVersion(tx, promoterId);
  // The hash spoke of the guid: without one, the next pass that meets the lot writes it whole.
  await tx.execute(sql`update lot set programme_code = programme.code, content_hash = '', version = ${version},
    changed_at = clock_timestamp() from programme
    where ${stray} and programme.promoter_id = lot.promoter_id and programme.guid = lot.programme_code
      and programme.code <> programme.guid and programme.withdrawn_at is null`);
}

/** Whether the mirror has been pulled whole: before that, every lot is new and none is news. */
async function pulledOnce(tx: TenantTx, promoterId: PromoterId): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`select 1 from stock_sync where promoter_id = ${promoterId} and full_done_at is not null`,
  );
  return rows.length > 0;
}

type News = { kind: 'new' | 'status' | 'price'; before: string | null; after: string | null };

/** What is news in these rows, against the mirror as it still is. An annex is no news: it goes with its lot. */
async function recordChanges(
  tx: TenantTx,
  promoterId: PromoterId,
  known: KnownLots,
  rows: readonly LotRow[],
): Promise<void> {
  const news = rows.flatMap((row) =>
    (row.secondary ? [] : newsOf(known.lots.get(row.extcode), row)).map((one) => ({
      ...one,
      promoterId,
      extcode: row.extcode,
      programmeCode: row.programmeCode,
    })),
  );
  if (news.length > 0) await tx.insert(lotChange).values(news);
}

function newsOf(before: KnownLot | undefined, now: KnownLot): News[] {
  if (!before) return [{ kind: 'new', before: null, after: now.status }];
  const news: News[] = [];
  if (before.status !== now.status) news.push({ kind: 'status', before: before.status, after: now.status });
  if (before.priceCents !== now.priceCents)
    news.push({ kind: 'price', before: textOf(before.priceCents), after: textOf(now.priceCents) });
  return news;
}

const textOf = (cents: number | null): string | null => (cents === null ? null : String(cents));

/** Withdraws these lots: Koban no longer lists them. */
export async function withdrawLots(tx: TenantTx, promoterId: PromoterId, gone: string[]): Promise<void> {
  if (gone.length === 0) return;
  const version = await nextVersion(tx, promoterId);
  await withdraw(tx, promoterId, gone, version);
}

async function withdraw(
  tx: TenantTx,
  promoterId: PromoterId,
  codes: string[],
  version: number,
): Promise<void> {
  await tx.execute(sql`
    with gone as (
      update lot set withdrawn_at = clock_timestamp(), version = ${version}
      where promoter_id = ${promoterId} and withdrawn_at is null and extcode = any(${sql.param(codes)}::text[])
      returning extcode, programme_code, status_code, secondary)
    insert into lot_change (promoter_id, extcode, programme_code, kind, before)
    select ${promoterId}::uuid, extcode, programme_code, 'withdrawn', status_code from gone
    where not secondary
      and exists (select 1 from stock_sync where promoter_id = ${promoterId} and full_done_at is not null)`);
}

/** A lot ready to be written: `json` holds its columns by their names. */
type LotRow = KnownRow & { programmeCode: string; secondary: boolean; json: string };

function rowOf(lot: KobanLot, programmes: ProgrammeCodes): LotRow | null {
  const extcode = lotCode(lot);
  if (extcode === null) return null;
  // What is absent is left out: a third of the bytes that the database would read.
  const columns = {
    extcode,
    actable: lot.extcode !== null,
    guid: lot.guid ?? undefined,
    label: lot.label ?? extcode,
    description: lot.description ?? undefined,
    // Under its guid, as long as no programme of that guid is known: `nameProgrammes` finds it there.
    programme_code: lot.programmeCode ?? programmes.get(lot.programmeGuid ?? '') ?? lot.programmeGuid ?? '',
    status_code: lot.statusCode ?? '',
    status_label: lot.statusLabel ?? undefined,
    result: lot.result ?? undefined,
    price_cents: lot.priceCents ?? undefined,
    rooms: lot.rooms ?? undefined,
    typology: lot.typology ?? undefined,
    floor: lot.floor ?? undefined,
    floor_label: lot.floorLabel ?? undefined,
    secondary: lot.secondary,
    principal_guid: lot.principalGuid ?? undefined,
    fields: lot.fields,
  };
  const content = JSON.stringify(columns);
  // When Koban touched the lot is no part of what it says: a touch alone changes nothing on screen.
  const contentHash = hash('sha256', content, 'base64url').slice(0, 22);
  const rest = JSON.stringify({
    koban_updated_at: lot.updatedAt ?? undefined,
    content_hash: contentHash,
  });
  return {
    extcode,
    guid: lot.guid,
    hash: contentHash,
    status: columns.status_code,
    priceCents: lot.priceCents,
    programmeCode: columns.programme_code,
    secondary: lot.secondary,
    json: `${content.slice(0, -1)},${rest.slice(1)}`,
  };
}
