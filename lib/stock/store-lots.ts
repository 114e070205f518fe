import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import type { TenantTx } from '@/lib/db/tenancy';
import type { KobanLot } from '@/lib/koban/lots';
import { nextVersion } from './queries';

/** Codes by guid of the programmes in the mirror: a lot may name its programme by guid alone. */
export type ProgrammeCodes = ReadonlyMap<string, string>;

/** The row's key: Koban's Extcode, or the guid of a lot that has none. Null cannot come from `lib/koban`, which rejects such lots. */
export const lotCode = (lot: KobanLot): string | null => lot.extcode ?? lot.guid;

/**
 * Writes these lots where they differ from the mirror, under one new stock version; nothing at all when none differs.
 * The version is taken with a lock on the promoter's row, so that versions become visible in their order.
 * A lot that returns under another code takes the place of its old row, which is withdrawn.
 * @returns how many rows changed
 */
export async function storeLots(
  tx: TenantTx,
  promoterId: PromoterId,
  lots: readonly KobanLot[],
  programmes: ProgrammeCodes,
): Promise<number> {
  const rows = new Map<string, LotRow>();
  for (const lot of lots) {
    const row = rowOf(lot, programmes);
    // Two lots under one code: Koban could not tell them apart either, and options go by the code. The first stays.
    const twin = row && rows.get(row.extcode);
    if (row && (!twin || twin.guid === row.guid)) rows.set(row.extcode, row);
  }
  // Bound whole, so that either database looks each code up in a hash even before it has statistics of a new table.
  const codes = sql.param([...rows.keys()]);
  const guids = sql.param([...rows.values()].flatMap((row) => row.guid ?? []));
  const known = await rowsOf<{ extcode: string; guid: string | null; content_hash: string }>(
    tx,
    sql`select extcode, guid, content_hash from lot
      where promoter_id = ${promoterId} and withdrawn_at is null
        and (extcode = any(${codes}::text[]) or guid = any(${guids}::text[]))`,
  );
  const codeOfGuid = new Map([...rows.values()].map((row) => [row.guid, row.extcode]));
  const left = known.filter(
    ({ extcode, guid }) => guid !== null && !rows.has(extcode) && codeOfGuid.has(guid),
  );
  for (const { extcode, content_hash } of known)
    if (rows.get(extcode)?.content_hash === content_hash) rows.delete(extcode);
  if (rows.size === 0) return 0;
  const version = await nextVersion(tx, promoterId);
  const json = JSON.stringify([...rows.values()]);
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
      option_rank = case when excluded.status_code = lot.status_code then lot.option_rank end,
      rank1_ends_at = case when excluded.status_code = lot.status_code then lot.rank1_ends_at end,
      option_seen_at = case when excluded.status_code = lot.status_code then lot.option_seen_at end`);
  if (left.length > 0)
    await withdraw(
      tx,
      promoterId,
      left.map((row) => row.extcode),
      version,
    );
  return rows.size;
}

/** Withdraws the lots whose codes are not among these: Koban no longer lists them. @returns how many went */
export async function withdrawOthers(
  tx: TenantTx,
  promoterId: PromoterId,
  listed: ReadonlySet<string>,
): Promise<number> {
  const live = await liveCodes(tx, promoterId);
  const gone = live.filter((code) => !listed.has(code));
  if (gone.length === 0) return 0;
  const version = await nextVersion(tx, promoterId);
  await withdraw(tx, promoterId, gone, version);
  return gone.length;
}

async function withdraw(
  tx: TenantTx,
  promoterId: PromoterId,
  codes: string[],
  version: number,
): Promise<void> {
  await tx.execute(sql`update lot set withdrawn_at = clock_timestamp(), version = ${version}
    where promoter_id = ${promoterId} and withdrawn_at is null and extcode = any(${sql.param(codes)}::text[])`);
}

/** Codes of the lots that are not withdrawn. */
export async function liveCodes(tx: TenantTx, promoterId: PromoterId): Promise<string[]> {
  const rows = await rowsOf<{ extcode: string }>(
    tx,
    sql`select extcode from lot where promoter_id = ${promoterId} and withdrawn_at is null`,
  );
  return rows.map((row) => row.extcode);
}

type LotRow = NonNullable<ReturnType<typeof rowOf>>;

function rowOf(lot: KobanLot, programmes: ProgrammeCodes) {
  const extcode = lotCode(lot);
  if (extcode === null) return null;
  const content = {
    extcode,
    actable: lot.extcode !== null,
    guid: lot.guid,
    label: lot.label ?? extcode,
    description: lot.description,
    programme_code: lot.programmeCode ?? programmes.get(lot.programmeGuid ?? '') ?? '',
    status_code: lot.statusCode ?? '',
    status_label: lot.statusLabel,
    result: lot.result,
    price_cents: lot.priceCents,
    rooms: lot.rooms,
    typology: lot.typology,
    floor: lot.floor,
    floor_label: lot.floorLabel,
    secondary: lot.secondary,
    principal_guid: lot.principalGuid,
    fields: lot.fields,
  };
  // When Koban touched the lot is no part of what it says: a touch alone changes nothing on screen.
  const content_hash = hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
  return { ...content, koban_updated_at: lot.updatedAt?.toISOString() ?? null, content_hash };
}
