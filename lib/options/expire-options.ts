import { and, eq, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { expiryBoundary } from '@/lib/core/half-hours';
import type { PromoterId, SystemActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { lot, operation, option, promoter, prospect } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import type { KobanClient } from '@/lib/koban/client';
import { getLotStatus, type LotStatus } from '@/lib/koban/options';
import type { ReadOutcome } from '@/lib/koban/outcome';
import { leaseEnd, present } from '@/lib/operations/lease';
import { kobanFor } from '@/lib/promoters/queries';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { keepReadings } from './read-grant';
import { readLatestNews } from './read-news';
import { askAgainAt, type EndFacts, type EndVerdict, judgeEnd } from './rules';
import { dateOf, unread } from './settle-change';
import { kobanNow, rankOf, seenOf } from './verify-option';

/** One transaction keeps what so many readings told. A Koban that is silent is cut off (lib/koban) long before a lease runs out. */
const BATCH = 100;
/** Readings at once: the act of a partner who waits before a screen finds a place in the client's queue. */
const AT_A_TIME = 4;

/**
 * Brings a promoter's options to their end, exactly as Koban does: once the first full or half hour not before an option's end (or
 * prolongation) has come by Koban's clock, the lot is read until Koban shows what became of it. Also reads options whose lot the
 * mirror shows with fewer options than it should: rank 1 has fallen, or ours has. Boundaries missed while no process ran are caught
 * up like any other. The act that placed an option carries the lease and the time of the next reading, so that two processes never
 * read one at once; every write restates what it was read against.
 * @param at the present, for tests
 * @returns how many options were brought to an end, or moved
 */
export async function expireOptions(actor: SystemActor, at?: Date): Promise<number> {
  const koban = await kobanFor(actor.promoter);
  let settled = 0;
  for (;;) {
    const now = at ?? kobanNow(koban, new Date());
    const due = await asTenant(actor.scope, (tx) => claim(tx, actor.promoter, now));
    if (due.length === 0) return settled;
    const readings = await readLots(koban, [...new Set(due.map(({ lotExtcode }) => lotExtcode))]);
    settled += await asTenant(actor.scope, (tx) => keep(tx, actor, due, readings, now));
    const silent = [...readings.values()].every(({ kind }) => kind !== 'done');
    // A Koban that answers nothing is not asked for all the rest as well.
    if (silent || due.length < BATCH) return settled;
  }
}

type Due = Awaited<ReturnType<typeof claim>>[number];

/** Takes the options that are to be read now, those that ended first before the others. */
async function claim(tx: TenantTx, promoterId: PromoterId, now: Date) {
  const over = lte(option.expiresAt, present(now));
  const fewer = or(
    sql`${lot.optionRank} < ${option.rank}`,
    and(isNull(lot.optionRank), sql`upper(${lot.statusCode}) = 'LIBRE'`),
    and(
      eq(option.rank, 2),
      sql`to_timestamp(ceil(extract(epoch from ${lot.rank1EndsAt}) / 1800) * 1800) <= ${present(now)}`,
    ),
  );
  const busy = await changing(tx, promoterId);
  const waiting = await tx
    .select({ id: operation.id })
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .leftJoin(lot, and(eq(lot.promoterId, option.promoterId), eq(lot.extcode, option.lotExtcode)))
    .where(
      and(
        eq(option.promoterId, promoterId),
        eq(option.state, 'placed'),
        or(over, fewer),
        or(isNull(operation.nextCheckAt), lte(operation.nextCheckAt, present(now))),
        or(isNull(operation.leaseUntil), lte(operation.leaseUntil, present(now))),
        busy.length > 0 ? notInArray(option.lotExtcode, busy) : undefined,
      ),
    )
    .orderBy(option.expiresAt, option.id)
    .limit(BATCH)
    .for('update', { of: operation, skipLocked: true });
  if (waiting.length === 0) return [];
  const ids = waiting.map(({ id }) => id);
  await tx
    .update(operation)
    .set({ leaseUntil: leaseEnd(now) })
    .where(inArray(operation.id, ids));
  return tx
    .select({
      id: option.id,
      operationId: option.operationId,
      cabinetId: option.cabinetId,
      lotExtcode: option.lotExtcode,
      rank: option.rank,
      placedAt: option.placedAt,
      expiresAt: option.expiresAt,
      prolongedTo: option.prolongedTo,
      readBacks: operation.readBacks,
      thirdGuid: prospect.kobanGuid,
      settings: promoter.settings,
      taken: lot.optionRank,
      rank1EndsAt: lot.rank1EndsAt,
      ahead: sql<string | null>`${operation.data} ->> 'rank1EndsAt'`,
    })
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .innerJoin(prospect, eq(prospect.id, option.prospectId))
    .innerJoin(promoter, eq(promoter.id, option.promoterId))
    .leftJoin(lot, and(eq(lot.promoterId, option.promoterId), eq(lot.extcode, option.lotExtcode)))
    .where(inArray(option.operationId, ids));
}

/** Lots on which an act is being sent at this moment: it tells by itself what comes of it. */
async function changing(tx: TenantTx, promoterId: PromoterId): Promise<string[]> {
  const rows = await tx
    .select({ lot: operation.lotExtcode })
    .from(operation)
    .where(and(eq(operation.promoterId, promoterId), eq(operation.state, 'open')));
  return rows.flatMap(({ lot: extcode }) => extcode ?? []);
}

type Readings = Map<string, ReadOutcome<LotStatus>>;

async function readLots(koban: KobanClient, lots: string[]): Promise<Readings> {
  const readings: Readings = new Map();
  const waiting = [...lots];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      readings.set(next, await getLotStatus(koban, next));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return readings;
}

/** Writes what was read: the options and the audit, when to ask again of those that only wait, the mirror. @returns how many were settled */
async function keep(
  tx: TenantTx,
  actor: SystemActor,
  due: Due[],
  readings: Readings,
  now: Date,
): Promise<number> {
  const known = await readKnown(tx, actor.promoter, due);
  const judged = due.map((one) => {
    const reading = readings.get(one.lotExtcode);
    const verdict: EndVerdict =
      reading?.kind === 'done' ? judgeEnd(factsOf(one, known), seenOf(reading.value), now) : { kind: 'wait' };
    return { one, reading, verdict };
  });
  const changes = judged.flatMap(({ one, verdict }) => changeOf(one, verdict, known, now));
  const settled = await write(tx, actor, changes);
  const done = judged.filter(({ verdict }) => verdict.kind !== 'wait').map(({ one }) => one.operationId);
  if (done.length > 0) await tx.update(operation).set(unread).where(inArray(operation.id, done));
  for (const { one, reading, verdict } of judged) {
    if (verdict.kind !== 'wait') continue;
    await tx
      .update(operation)
      .set(asked(one, reading, now))
      .where(eq(operation.id, one.operationId));
  }
  await keepReadings(
    tx,
    actor.promoter,
    [...readings].flatMap(([extcode, reading]) =>
      reading.kind === 'done' ? [{ extcode, status: reading.value, seenAt: reading.at }] : [],
    ),
  );
  return settled;
}

/** When one that waits is read again. Two options on the lot, as before, are nothing to wait for until rank 2's own end. */
function asked(one: Due, reading: ReadOutcome<LotStatus> | undefined, now: Date) {
  const full = reading?.kind === 'done' && seenOf(reading.value).taken === 2;
  const first = reading?.kind === 'done' ? reading.value.endDate : null;
  if (full && one.expiresAt > now && first !== null && expiryBoundary(first) > now) return unread;
  return {
    nextCheckAt: askAgainAt(now, one.readBacks),
    leaseUntil: null,
    readBacks: one.readBacks + 1,
  };
}

/** What is known of these options besides the reading: what webhooks told of their lots, and changes whose result is unknown. */
async function readKnown(tx: TenantTx, promoterId: PromoterId, due: Due[]) {
  const lots = due.map(({ lotExtcode }) => lotExtcode);
  const unknown = await tx
    .select({
      kind: operation.kind,
      optionId: sql<string | null>`${operation.data} ->> 'optionId'`,
      until: sql<string | null>`${operation.data} ->> 'until'`,
    })
    .from(operation)
    .where(
      and(
        eq(operation.promoterId, promoterId),
        inArray(operation.lotExtcode, lots),
        eq(operation.state, 'uncertain'),
        inArray(operation.kind, ['prolongation', 'annulation']),
      ),
    );
  return {
    news: await readLatestNews(tx, promoterId, lots),
    changes: new Map(unknown.map(({ optionId, ...change }) => [optionId, change])),
  };
}
type Known = Awaited<ReturnType<typeof readKnown>>;

function factsOf(one: Due, { news, changes }: Known): EndFacts {
  const told = news.get(one.lotExtcode);
  const change = changes.get(one.id);
  return {
    held: { rank: rankOf(one.rank), expiresAt: one.expiresAt, thirdGuid: one.thirdGuid },
    prolonged: one.prolongedTo !== null,
    asked: change?.kind === 'prolongation' ? dateOf(change.until) : null,
    news: told && told.receivedAt >= one.placedAt ? told : null,
    // The mirror may have seen rank 1 fall already: then what was granted behind it tells its date.
    known: { taken: one.taken, rank1EndsAt: one.taken === 2 ? one.rank1EndsAt : dateOf(one.ahead) },
    optionHours: promoterSettingsSchema.parse(one.settings).optionHours,
  };
}

type Change = { one: Due; set: Partial<typeof option.$inferInsert>; action: string };

function changeOf(one: Due, verdict: EndVerdict, { changes }: Known, now: Date): Change[] {
  switch (verdict.kind) {
    case 'wait':
      return [];
    case 'ended': {
      const undone = changes.get(one.id)?.kind === 'annulation';
      const action = verdict.early ? 'option.cancelled' : 'option.expired';
      return [{ one, set: ending(verdict, undone, now), action }];
    }
    case 'lives': {
      const action = verdict.rank === one.rank ? 'option.prolonged' : 'option.rank-moved';
      return [{ one, set: living(one, verdict), action }];
    }
  }
}

/** Writes the changes, those alike at once, but of no option that has changed since it was claimed. @returns how many were written */
async function write(tx: TenantTx, actor: SystemActor, changes: Change[]): Promise<number> {
  let count = 0;
  for (const alike of Map.groupBy(changes, ({ set, action }) => JSON.stringify([set, action])).values()) {
    const [first] = alike;
    if (!first) continue;
    const unchanged = alike.map(({ one: { id, rank, expiresAt } }) =>
      and(eq(option.id, id), eq(option.rank, rank), eq(option.expiresAt, expiresAt)),
    );
    const written = await tx
      .update(option)
      .set(first.set)
      .where(and(eq(option.state, 'placed'), or(...unchanged)))
      .returning();
    for (const row of written) {
      await writeAudit(tx, actor, {
        action: first.action,
        subjectType: 'option',
        subjectId: row.id,
        cabinet: row.cabinetId,
        facts: { lot: row.lotExtcode, rank: row.rank, code: row.code, until: row.expiresAt.toISOString() },
      });
      const { promoter: promoterId } = actor;
      const told = { promoter: promoterId, cabinet: row.cabinetId, id: row.id };
      await announce(tx, { kind: 'act', act: 'option', ...told });
    }
    count += written.length;
  }
  return count;
}

/** Before its half hour an option that is gone was ended by somebody; at it, by Koban, unless a cancellation of ours is unknown. */
function ending(
  { early, proven }: Extract<EndVerdict, { kind: 'ended' }>,
  undone: boolean,
  now: Date,
): Partial<typeof option.$inferInsert> {
  const byKoban = proven && !undone;
  return {
    state: early ? 'cancelled' : 'expired',
    endedBy: byKoban ? 'koban' : 'unproven',
    endedAt: now,
    code: byKoban ? null : 'ended-unproven',
    kobanMessage: null,
  };
}

function living(one: Due, { rank, until }: Extract<EndVerdict, { kind: 'lives' }>) {
  const later = until > one.expiresAt;
  return {
    rank,
    expiresAt: until,
    expiryFromKoban: true,
    code: null,
    ...(later ? { prolongedTo: until } : {}),
  };
}
