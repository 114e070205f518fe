import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import type { TenantTx } from '@/lib/db/tenancy';
import type { KobanLot } from '@/lib/koban/lots';
import type { KobanProgramme } from '@/lib/koban/programmes';
import { nextVersion } from './queries';
import type { ProgrammeCodes } from './store-lots';

/**
 * Codes of the programmes in the mirror: of all by guid, and by themselves of those that are not withdrawn. A withdrawn one that a
 * lot names is to come back.
 */
export async function programmeCodes(
  tx: TenantTx,
  promoterId: PromoterId,
): Promise<{ byGuid: Map<string, string>; codes: Set<string> }> {
  const rows = await rowsOf<{ code: string; guid: string | null; live: boolean }>(
    tx,
    // The last one counts: of two programmes under one guid, the one that is not withdrawn.
    sql`select code, guid, withdrawn_at is null as live from programme where promoter_id = ${promoterId}
      order by live, version`,
  );
  const byGuid = new Map(rows.flatMap(({ code, guid }) => (guid === null ? [] : [[guid, code]])));
  return { byGuid, codes: new Set(rows.flatMap(({ code, live }) => (live ? [code] : []))) };
}

/** Writes these programmes where they differ from the mirror, under one new stock version. @returns how many changed */
export async function storeProgrammes(
  tx: TenantTx,
  promoterId: PromoterId,
  programmes: readonly KobanProgramme[],
): Promise<number> {
  const rows = new Map(programmes.flatMap((programme) => rowOf(programme)).map((row) => [row.code, row]));
  const known = await rowsOf<{ code: string; content_hash: string; live: boolean }>(
    tx,
    sql`select code, content_hash, withdrawn_at is null as live from programme where promoter_id = ${promoterId}`,
  );
  for (const { code, content_hash, live } of known)
    if (live && rows.get(code)?.content_hash === content_hash) rows.delete(code);
  if (rows.size === 0) return 0;
  const version = await nextVersion(tx, promoterId);
  await tx.execute(sql`
    insert into programme (promoter_id, code, guid, label, regroup, active, steps, fields, content_hash, version)
    select ${promoterId}::uuid, code, guid, label, regroup, active, steps, fields, content_hash, ${version}
    from json_to_recordset(${JSON.stringify([...rows.values()])}::text::json) as r(code text, guid text, label text,
      regroup text, active boolean, steps jsonb, fields jsonb, content_hash text)
    on conflict (promoter_id, code) do update set guid = excluded.guid, label = excluded.label,
      regroup = excluded.regroup, active = excluded.active, steps = excluded.steps, fields = excluded.fields,
      content_hash = excluded.content_hash, version = excluded.version, withdrawn_at = null`);
  return rows.size;
}

/** Gives a programme that only lots name a row of its own, until Koban lists it; one that was withdrawn comes back as it was. */
export async function storeNamedProgrammes(
  tx: TenantTx,
  promoterId: PromoterId,
  lots: readonly KobanLot[],
  known: { byGuid: ProgrammeCodes; codes: Set<string> },
): Promise<void> {
  const named = new Map<string, KobanProgramme>();
  for (const { programmeCode, programmeGuid: guid, programmeLabel } of lots) {
    const code = programmeCode ?? known.byGuid.get(guid ?? '') ?? null;
    if (code === null || known.codes.has(code)) continue;
    const label = programmeLabel ?? code;
    named.set(code, {
      guid,
      code,
      label,
      regroup: null,
      active: true,
      lotsActive: true,
      statuses: [],
      fields: {},
    });
  }
  if (named.size === 0) return;
  for (const code of named.keys()) known.codes.add(code);
  for (const code of await bringBack(tx, promoterId, [...named.keys()])) named.delete(code);
  await storeProgrammes(tx, promoterId, [...named.values()]);
}

/** Ends the withdrawal of these programmes. @returns those that were withdrawn */
async function bringBack(tx: TenantTx, promoterId: PromoterId, codes: string[]): Promise<string[]> {
  const withdrawn = sql`promoter_id = ${promoterId} and withdrawn_at is not null
    and code = any(${sql.param(codes)}::text[])`;
  const back = await rowsOf<{ code: string }>(tx, sql`select code from programme where ${withdrawn}`);
  if (back.length === 0) return [];
  const version = await nextVersion(tx, promoterId);
  await tx.execute(sql`update programme set withdrawn_at = null, version = ${version} where ${withdrawn}`);
  return back.map(({ code }) => code);
}

/** Withdraws programmes that Koban no longer lists and that have no lot left. */
export async function withdrawOtherProgrammes(
  tx: TenantTx,
  promoterId: PromoterId,
  listed: readonly KobanProgramme[],
): Promise<void> {
  const codes = JSON.stringify(listed.flatMap((programme) => rowOf(programme)).map((row) => row.code));
  const gone = sql`promoter_id = ${promoterId} and withdrawn_at is null
    and code not in (select json_array_elements_text(${codes}::text::json))
    and not exists (select from lot where lot.promoter_id = programme.promoter_id
      and lot.programme_code = programme.code and lot.withdrawn_at is null)`;
  const [any] = await rowsOf(tx, sql`select 1 from programme where ${gone} limit 1`);
  if (!any) return;
  const version = await nextVersion(tx, promoterId);
  await tx.execute(
    sql`update programme set withdrawn_at = clock_timestamp(), version = ${version} where ${gone}`,
  );
}

function rowOf(programme: KobanProgramme) {
  const code = programme.code ?? programme.guid;
  if (code === null) return [];
  const content = {
    code,
    guid: programme.guid,
    label: programme.label ?? code,
    regroup: programme.regroup,
    active: programme.active,
    steps: programme.statuses.map((status) => ({ code: status.code, label: status.label ?? status.code })),
    fields: programme.fields,
  };
  return [{ ...content, content_hash: hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22) }];
}
