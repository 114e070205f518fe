import { and, asc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { OperatorActor, PromoterId } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { rowsOf } from '@/lib/db/client';
import { lot, type PromoterSettings, programme, promoter, stockSync } from '@/lib/db/schema/all';
import { asSystem, type TenantTx } from '@/lib/db/tenancy';
import { READING_HOLDS_MS } from './rules';
import type { SyncProgress } from './schema';

/** What every answer about a stock begins with: whose it is, its version, and how old it is. */
export type StockHeader = {
  slug: string;
  name: string;
  kobanUrl: string;
  settings: PromoterSettings;
  version: number;
  seenAt: Date | null;
  attemptAt: Date | null;
  progress: SyncProgress;
};

/** The promoter and the state of its mirror, in one query; null outside the transaction's scope. */
export async function stockHeader(tx: TenantTx, promoterId: PromoterId): Promise<StockHeader | null> {
  const [row] = await tx
    .select({
      slug: promoter.slug,
      name: promoter.name,
      kobanUrl: promoter.kobanUrl,
      settings: promoter.settings,
      version: promoter.stockVersion,
      sync: stockSync,
    })
    .from(promoter)
    .leftJoin(stockSync, eq(stockSync.promoterId, promoter.id))
    .where(eq(promoter.id, promoterId));
  if (!row) return null;
  const { sync, ...rest } = row;
  const progress: SyncProgress = {
    phase: sync?.phase ?? 'waiting',
    done: sync?.progressDone ?? 0,
    total: sync?.progressTotal ?? null,
    complete: sync?.fullDoneAt != null,
    lastFault: sync?.lastFault ?? null,
  };
  return { ...rest, seenAt: sync?.lastSeenAt ?? null, attemptAt: sync?.lastAttemptAt ?? null, progress };
}

export type ProgrammeRow = typeof programme.$inferSelect;
export type LotRecord = typeof lot.$inferSelect;

/**
 * A programme that Koban lists and has open, as a condition on its row: stock shows no other, and on no other may anything be begun or
 * told as news. What is held on one that closes meanwhile stays with its holder.
 */
export const openProgramme = and(eq(programme.active, true), isNull(programme.withdrawnAt));

/** Every programme of the mirror, withdrawn ones too. */
export function programmeRows(tx: TenantTx, promoterId: PromoterId): Promise<ProgrammeRow[]> {
  return tx
    .select()
    .from(programme)
    .where(eq(programme.promoterId, promoterId))
    .orderBy(asc(programme.label));
}

export type LotCursor = { version: number; extcode: string };

/** The lots that come after this place in the order of versions, withdrawn ones too. */
export function lotRowsAfter(
  tx: TenantTx,
  promoterId: PromoterId,
  { version, extcode }: LotCursor,
  limit: number,
): Promise<LotRecord[]> {
  const after = or(gt(lot.version, version), and(eq(lot.version, version), gt(lot.extcode, extcode)));
  return select(tx, and(eq(lot.promoterId, promoterId), sql`${lot.version} >= ${version}`, after)).limit(
    limit,
  );
}

/** One lot by its code, withdrawn or not; null when the mirror has none. */
export async function lotRow(
  tx: TenantTx,
  promoterId: PromoterId,
  extcode: string,
): Promise<LotRecord | null> {
  const [row] = await select(tx, and(eq(lot.promoterId, promoterId), eq(lot.extcode, extcode))).limit(1);
  return row ?? null;
}

const select = (tx: TenantTx, where: SQL | undefined) =>
  tx.select().from(lot).where(where).orderBy(asc(lot.version), asc(lot.extcode));

/** Raises the promoter's stock version and announces it. Its row stays locked until the transaction ends. */
export async function nextVersion(tx: TenantTx, promoterId: PromoterId): Promise<number> {
  const [row] = await rowsOf<{ version: number | string }>(
    tx,
    sql`update promoter set stock_version = stock_version + 1 where id = ${promoterId} returning stock_version as version`,
  );
  if (!row) throw new Error('There is no such promoter');
  await announce(tx, { kind: 'stock', promoter: promoterId });
  return Number(row.version);
}

/** What `GetLotStatus` or a webhook told of a lot's options. `rank` counts the options in progress; null when it did not say. */
export type SeenLotStatus = { rank: 0 | 1 | 2 | null; rank1EndsAt: Date | null; seenAt: Date };

/**
 * The one write that the domains above make here, in the transaction of their own act. Keeps what was last seen of a lot's options, and raises the stock version when it says something new, or the same again where
 * screens no longer believe it. An older reading never replaces a newer one. The lot's status stays Koban's own: only GetUpdated tells it.
 * @returns whether screens have something to show
 */
export async function recordLotStatus(
  tx: TenantTx,
  promoterId: PromoterId,
  extcode: string,
  seen: SeenLotStatus,
): Promise<boolean> {
  const seenAt = seen.seenAt.toISOString();
  const wornOff = new Date(seen.seenAt.getTime() - READING_HOLDS_MS).toISOString();
  const endsAt = seen.rank === 0 ? null : (seen.rank1EndsAt?.toISOString() ?? null);
  const newer = sql`promoter_id = ${promoterId} and extcode = ${extcode}
    and coalesce(option_seen_at, '-infinity') <= ${seenAt}::timestamptz`;
  const [changed] = await rowsOf(
    tx,
    sql`select 1 from lot where ${newer} and (option_rank is distinct from ${seen.rank}::integer
      or rank1_ends_at is distinct from ${endsAt}::timestamptz
      or (${seen.rank}::integer > 0 and option_seen_at <= ${wornOff}::timestamptz))`,
  );
  if (!changed) {
    await tx.execute(sql`update lot set option_seen_at = ${seenAt}::timestamptz where ${newer}`);
    return false;
  }
  const version = await nextVersion(tx, promoterId);
  const written = await rowsOf(
    tx,
    sql`update lot set option_rank = ${seen.rank}::integer, rank1_ends_at = ${endsAt}::timestamptz,
        option_seen_at = ${seenAt}::timestamptz, version = ${version}
      where ${newer} returning extcode`,
  );
  return written.length > 0;
}

/** Where every promoter's mirror stands, by name. `lots`: those that are not withdrawn, annexes among them. */
export const mirrorStates = (_operator: OperatorActor) =>
  asSystem((tx) =>
    tx
      .select({
        promoterId: promoter.id,
        name: promoter.name,
        seenAt: stockSync.lastSeenAt,
        reconciledAt: stockSync.reconciledAt,
        lastFault: stockSync.lastFault,
        reconcileFault: stockSync.reconcileFault,
        gone: stockSync.reconcileGone,
        confirmed: stockSync.reconcileConfirmed,
        lots: sql<number>`(select count(*)::integer from lot
          where lot.promoter_id = ${promoter.id} and lot.withdrawn_at is null)`,
      })
      .from(promoter)
      .leftJoin(stockSync, eq(stockSync.promoterId, promoter.id))
      .orderBy(promoter.name, promoter.id),
  );
/** The same of many lots at once, under one stock version: a half hour may end a thousand options. */
export async function recordLotStatuses(
  tx: TenantTx,
  promoterId: PromoterId,
  lots: readonly (SeenLotStatus & { extcode: string })[],
): Promise<void> {
  const rows = lots.map(({ extcode, rank, rank1EndsAt, seenAt }) => ({
    extcode,
    rank,
    ends_at: rank === 0 ? null : rank1EndsAt,
    seen_at: seenAt,
  }));
  const seen = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as seen(extcode text, rank integer, ends_at timestamptz, seen_at timestamptz)`;
  const newer = sql`lot.promoter_id = ${promoterId} and lot.extcode = seen.extcode
    and coalesce(lot.option_seen_at, '-infinity') <= seen.seen_at`;
  const same = sql`lot.option_rank is not distinct from seen.rank
    and lot.rank1_ends_at is not distinct from seen.ends_at`;
  await tx.execute(sql`update lot set option_seen_at = seen.seen_at from ${seen} where ${newer} and ${same}`);
  const [changed] = await rowsOf(
    tx,
    sql`select 1 from lot, ${seen} where ${newer} and not (${same}) limit 1`,
  );
  if (!changed) return;
  const version = await nextVersion(tx, promoterId);
  await tx.execute(
    sql`update lot set option_rank = seen.rank, rank1_ends_at = seen.ends_at, option_seen_at = seen.seen_at,
        version = ${version} from ${seen} where ${newer} and not (${same})`,
  );
}
