import { and, count, eq, isNull, lte, max, sql } from 'drizzle-orm';
import { env } from '@/lib/core/env';
import type { StaffActor } from '@/lib/core/scope';
import {
  denonciation,
  lead,
  operation,
  option,
  reservation,
  stockSync,
  webhookEvent,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { clockStanding } from '@/lib/koban/clock-skew';
import { listCabinets } from '@/lib/partners/queries';
import { kobanFor } from '@/lib/promoters/queries';
import { findMissingHosts } from '@/lib/stock/find-missing-hosts';
import { shelfOf } from '@/lib/stock/keep-shelf';
import { summaryOf } from '@/lib/stock/read-shelf';
import { LATE_MS, type Overview } from './schema';

/** Three missed pulls: the mirror is then behind, whatever the reason. Seconds beyond them that a slow answer may take. */
const MISSED_PULLS = 3;
const SLACK_SECONDS = 10;

/** The promoter's portal at a glance, for its staff. */
export async function readOverview(actor: StaffActor, now: Date): Promise<Overview> {
  const [shelf, cabinets, koban, counted] = await Promise.all([
    shelfOf(actor.scope, actor.promoter),
    listCabinets(actor, now),
    kobanFor(actor.promoter),
    asTenant(actor.scope, (tx) => countActs(tx, actor, now)),
  ]);
  const stock: Overview['stock'] = { libre: 0, option: 0, preresv: 0, resv: 0, bloque: 0, acte: 0, other: 0 };
  let lots = 0;
  for (const code of shelf?.byProgramme.keys() ?? []) {
    if (!shelf) break;
    const { counts, total } = summaryOf(shelf, code);
    lots += total;
    for (const family of Object.keys(stock) as (keyof typeof stock)[]) stock[family] += counts[family];
  }
  const { sync, lastWebhookAt, waiting, acts } = counted;
  const seenAt = sync?.seenAt ?? null;
  const allowedMs = (MISSED_PULLS * env().SYNC_SECONDS + SLACK_SECONDS) * 1_000;
  const header = shelf?.header;
  return {
    firstPull:
      header && !header.progress.complete ? { promoterName: header.name, progress: header.progress } : null,
    stock,
    lots,
    acts,
    waiting: {
      ...waiting,
      invited: cabinets.reduce((sum, { invited }) => sum + invited, 0),
      ending: cabinets.flatMap(({ id, name, standing, validUntil }) =>
        standing === 'ending' && validUntil ? [{ id, name, validUntil }] : [],
      ),
      cgp: cabinets.filter(({ cgp }) => !cgp.known).length,
    },
    health: {
      phase: sync?.phase ?? 'waiting',
      seenAt,
      lastFault: sync?.lastFault ?? null,
      keysRefused: sync?.lastFault === 'unknown:unauthorised' || koban.refusedMethods().length > 0,
      missingHosts: shelf ? await findMissingHosts(actor.scope, shelf) : [],
      late: seenAt === null || now.getTime() - seenAt.getTime() > allowedMs,
      breaker: koban.breakerState(),
      clock: clockStanding(koban.clockSkewMs()),
      clockSkewMs: koban.clockSkewMs(),
      lastAnswerAt: koban.lastAnswerAt(),
      lastWebhookAt,
    },
  };
}

async function countActs(tx: TenantTx, actor: StaffActor, now: Date) {
  const { promoter } = actor;
  const denonciations = await tx
    .select({ state: denonciation.state, n: count() })
    .from(denonciation)
    .where(eq(denonciation.promoterId, promoter))
    .groupBy(denonciation.state);
  const options = await tx
    .select({ state: option.state, n: count() })
    .from(option)
    .where(
      and(
        eq(option.promoterId, promoter),
        // What is placed and over waits for Koban's word only: it holds no lot.
        sql`(${option.state} <> 'placed' or ${option.expiresAt} > ${now.toISOString()}::timestamptz)`,
      ),
    )
    .groupBy(option.state);
  const reservations = await tx
    .select({ state: reservation.state, n: count() })
    .from(reservation)
    .where(eq(reservation.promoterId, promoter))
    .groupBy(reservation.state);
  const of = (rows: { state: string; n: number }[], ...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);

  const uncertain = and(eq(operation.promoterId, promoter), eq(operation.state, 'uncertain'));
  const since = new Date(now.getTime() - LATE_MS);
  const [total] = await tx.select({ n: count() }).from(operation).where(uncertain);
  const [late] = await tx
    .select({ n: count() })
    .from(operation)
    .where(and(uncertain, lte(operation.uncertainAt, since)));
  const [held] = await tx
    .select({ n: count() })
    .from(webhookEvent)
    .where(and(eq(webhookEvent.promoterId, promoter), eq(webhookEvent.state, 'quarantined')));
  const [leads] = await tx
    .select({ n: count() })
    .from(lead)
    .where(and(eq(lead.promoterId, promoter), isNull(lead.handledAt)));
  const [last] = await tx
    .select({ at: max(webhookEvent.receivedAt) })
    .from(webhookEvent)
    .where(eq(webhookEvent.promoterId, promoter));
  const [sync] = await tx
    .select({ phase: stockSync.phase, seenAt: stockSync.lastSeenAt, lastFault: stockSync.lastFault })
    .from(stockSync)
    .where(eq(stockSync.promoterId, promoter));
  return {
    acts: {
      denonciations: {
        pending: of(denonciations, 'pending'),
        uncertain: of(denonciations, 'uncertain'),
        accepted: of(denonciations, 'accepted'),
      },
      options: {
        placed: of(options, 'placed'),
        pending: of(options, 'pending'),
        uncertain: of(options, 'uncertain'),
      },
      reservations: {
        open: of(reservations, 'draft', 'pending'),
        preresv: of(reservations, 'preresv'),
        uncertain: of(reservations, 'uncertain'),
      },
    },
    waiting: {
      uncertain: total?.n ?? 0,
      uncertainLate: late?.n ?? 0,
      quarantined: held?.n ?? 0,
      leads: leads?.n ?? 0,
    },
    lastWebhookAt: last?.at ?? null,
    sync: sync ?? null,
  };
}
