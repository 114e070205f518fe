import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actorFromRequest } from '@/lib/auth/session';
import { env } from '@/lib/core/env';
import { faultFacts, log } from '@/lib/core/log';
import { asPromoterId } from '@/lib/core/mint';
import { database } from '@/lib/db/client';
import { promoter, stockSync } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import { clockStanding } from '@/lib/koban/clock-skew';
import { kobanFor } from '@/lib/promoters/queries';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')));

/** Three missed pulls: the mirror is then behind, whatever the reason. */
const missedPulls = 3;

/**
 * Whether this process serves, and for its operator and each promoter's staff, how its parts are. Anyone else learns the status
 * and the version only. Ages in seconds. Answers 503 when the database does not.
 */
export async function health(request: Request): Promise<Response> {
  try {
    const { kind } = await database();
    const promoters = await asSystem(readPromoters);
    const actor = await actorFromRequest(request);
    const seen = promoters.filter(
      ({ id }) => actor?.kind === 'operator' || (actor?.kind === 'staff' && actor.promoter === id),
    );
    const details = actor &&
      actor.kind !== 'partner' && {
        database: { kind, ok: true },
        worker: env().WORKER === 'on' ? 'in this process' : 'in a process of its own',
        koban: await Promise.all(seen.map(describe)),
      };
    return answer(200, { status: 'ok', version, ...details });
  } catch (fault) {
    log().error(faultFacts(fault), 'health');
    return answer(503, { status: 'down', version });
  }
}

const answer = (status: number, body: Record<string, unknown>) =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

type Row = Awaited<ReturnType<typeof readPromoters>>[number];

/** The database's clock measures, so that two machines tell one age. */
function readPromoters(tx: SystemTx) {
  const age = (column: typeof stockSync.lastSeenAt) =>
    sql<number | null>`extract(epoch from now() - ${column})::float`;
  return tx
    .select({
      id: promoter.id,
      slug: promoter.slug,
      stockVersion: promoter.stockVersion,
      phase: stockSync.phase,
      lastFault: stockSync.lastFault,
      reconcileFault: stockSync.reconcileFault,
      reconcileGone: stockSync.reconcileGone,
      age: age(stockSync.lastSeenAt),
      sinceAttempt: age(stockSync.lastAttemptAt),
    })
    .from(promoter)
    .leftJoin(stockSync, eq(stockSync.promoterId, promoter.id))
    .orderBy(promoter.slug);
}

async function describe({ id, slug, stockVersion, phase, lastFault, age, sinceAttempt, ...reconcile }: Row) {
  const client = await kobanFor(asPromoterId(id));
  const fresh = age !== null && age < missedPulls * env().SYNC_SECONDS + 10;
  return {
    promoter: slug,
    reachable: fresh && lastFault === null,
    /** This process's own breaker; another process has another. */
    breaker: client.breakerState(),
    /** Koban's clock less ours, as this process last heard. */
    clock: { standing: clockStanding(client.clockSkewMs()), skewMs: client.clockSkewMs() },
    mirror: { phase: phase ?? 'waiting', version: stockVersion, age, sinceAttempt, lastFault, ...reconcile },
  };
}
