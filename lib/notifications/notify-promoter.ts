import { eq, sql } from 'drizzle-orm';
import { type Clock, systemClock } from '@/lib/core/clock';
import type { SystemActor } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import { promoter, tellingCursor } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { collectActs, entriesSince, type Telling } from './collect-acts';
import { changesSince, collectChanges, collectFreed } from './collect-lots';
import { deliverNotices } from './deliver-notices';

// A row is dated when its transaction begins and seen when it ends: what a slow one wrote is read later than younger rows.
const OVERLAP_MS = 30_000;
const BATCH = 500;

type Cursor = { audit: Date; changes: Date };
type Read = { tellings: Telling[]; cursor: Cursor; after: { audit: number; changes: number }; more: boolean };

/**
 * Tells what has happened at one promoter since it was last told: acts by the audit, lots by their changes, and lots that are
 * free by what they are. The cursor moves once all is written: whatever a crash leaves is read again, and `notification_once`
 * keeps it from being told again. The first time, nothing of the past is told.
 * @returns how many notices are new
 */
export async function notifyPromoter(actor: SystemActor, clock: Clock = systemClock): Promise<number> {
  const start = await asTenant(actor.scope, (tx) => openCursor(tx, actor));
  if (!start) return 0;
  let told = 0;
  let after = { audit: 0, changes: 0 };
  let first = true;
  for (;;) {
    const read = await asTenant(actor.scope, (tx) => readNews(tx, actor, start, after, first));
    told += await deliverNotices(actor, read.tellings, clock.now());
    await asTenant(actor.scope, (tx) => moveCursor(tx, actor, start, read.cursor));
    if (!read.more) return told;
    after = read.after;
    first = false;
  }
}

type Start = Cursor & { slug: string };

async function openCursor(tx: TenantTx, { promoter: promoterId }: SystemActor): Promise<Start | null> {
  const [row] = await tx
    .select({
      slug: promoter.slug,
      audit: tellingCursor.auditAt,
      changes: tellingCursor.lotChangeAt,
    })
    .from(promoter)
    .leftJoin(tellingCursor, eq(tellingCursor.promoterId, promoter.id))
    .where(eq(promoter.id, promoterId));
  if (!row) return null;
  if (row.audit && row.changes) return { slug: row.slug, audit: row.audit, changes: row.changes };
  await rowsOf(
    tx,
    // The overlap is taken off at each reading: from here on, and not before.
    sql`insert into telling_cursor (promoter_id, audit_at, lot_change_at)
      select ${promoterId}::uuid, from_here, from_here
      from (select now() + ${OVERLAP_MS} * interval '1 millisecond' as from_here) as clock
      on conflict do nothing`,
  );
  return null;
}

async function readNews(
  tx: TenantTx,
  { promoter: promoterId }: SystemActor,
  start: Start,
  after: Read['after'],
  withFreed: boolean,
): Promise<Read> {
  const where = { promoterId, slug: start.slug };
  const window = (since: Date, from: number) => ({
    since: new Date(since.getTime() - OVERLAP_MS),
    after: from,
    limit: BATCH,
  });
  const entries = await entriesSince(tx, promoterId, window(start.audit, after.audit));
  const changes = await changesSince(tx, promoterId, window(start.changes, after.changes));
  return {
    tellings: [
      ...(await collectActs(tx, where, entries)),
      ...(await collectChanges(tx, where, changes)),
      ...(withFreed ? await collectFreed(tx, where) : []),
    ],
    cursor: { audit: latest(start.audit, entries), changes: latest(start.changes, changes) },
    after: {
      audit: entries.at(-1)?.id ?? after.audit,
      changes: changes.at(-1)?.id ?? after.changes,
    },
    more: entries.length === BATCH || changes.length === BATCH,
  };
}

const latest = (since: Date, rows: readonly { at: Date }[]): Date =>
  new Date(Math.max(since.getTime(), ...rows.map(({ at }) => at.getTime())));

async function moveCursor(tx: TenantTx, { promoter: id }: SystemActor, from: Cursor, to: Cursor) {
  if (from.audit.getTime() === to.audit.getTime() && from.changes.getTime() === to.changes.getTime()) return;
  // Another process may be further on.
  await tx
    .update(tellingCursor)
    .set({
      auditAt: sql`greatest(${tellingCursor.auditAt}, ${to.audit.toISOString()}::timestamptz)`,
      lotChangeAt: sql`greatest(${tellingCursor.lotChangeAt}, ${to.changes.toISOString()}::timestamptz)`,
    })
    .where(eq(tellingCursor.promoterId, id));
}
