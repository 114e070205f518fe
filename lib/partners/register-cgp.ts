import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { faultFacts, log } from '@/lib/core/log';
import type { StaffActor, SystemActor } from '@/lib/core/scope';
import { cabinet, convention } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { type PostedThird, postCgp } from '@/lib/koban/thirds';
import { kobanFor } from '@/lib/promoters/queries';
import { cabinetName } from './queries';
import { cgpExtcode } from './rules';

/** Longer than a call may take with its queue and its tries; then another may ask. */
const LEASE = '60 seconds';
/** An outage passes in minutes; what Koban refuses, a person must see to first. */
const RETRY = { away: '5 minutes', refused: '1 hour' } as const;
const MOST = 20;

/**
 * Makes a convention's cabinet a CGP third in Koban (`ncThird/PostOne`, Status CGP, our code) and keeps its guid, sent as `Part` and
 * `By` ever after. An upsert by our own code: sent again, after whatever answer, it makes no second third. Acts never wait for it.
 * @returns false when the guid is known already, it is not yet time, or another process asks
 */
export async function registerCgp(actor: StaffActor | SystemActor, conventionId: string): Promise<boolean> {
  const mine = and(
    eq(convention.id, conventionId),
    eq(convention.promoterId, actor.promoter),
    isNull(convention.kobanGuid),
  );
  const firm = await asTenant(actor.scope, async (tx) => {
    const [taken] = await tx
      .update(convention)
      .set({ cgpNextAt: sql`clock_timestamp() + ${LEASE}::interval` })
      .where(and(mine, lte(convention.cgpNextAt, sql`clock_timestamp()`)))
      .returning({ id: convention.id });
    if (!taken) return null;
    const [row] = await tx
      .select({ id: cabinet.id, name: cabinetName })
      .from(convention)
      .innerJoin(cabinet, eq(cabinet.id, convention.cabinetId))
      .where(eq(convention.id, conventionId));
    return row ?? null;
  });
  if (!firm) return false;
  const outcome = await postCgp(await kobanFor(actor.promoter), {
    extcode: cgpExtcode(firm.id),
    name: firm.name,
  });
  await asTenant(actor.scope, async (tx) => {
    const kept = await tx
      .update(convention)
      .set(changeFor(outcome))
      .where(mine)
      .returning({ id: convention.id });
    if (kept.length === 0 || outcome.kind !== 'done') return;
    await writeAudit(tx, actor, {
      action: 'convention.cgp-registered',
      subjectType: 'cabinet',
      subjectId: firm.id,
      cabinet: firm.id,
    });
  });
  return true;
}

function changeFor(outcome: PostedThird) {
  const later = (interval: string) => sql`clock_timestamp() + ${interval}::interval`;
  switch (outcome.kind) {
    case 'done':
      return { kobanGuid: outcome.value.guid, cgpFault: null };
    case 'refused':
      return { cgpFault: outcome.kind, cgpNextAt: later(RETRY.refused) };
    case 'unreachable':
    case 'unknown':
      return { cgpFault: outcome.kind, cgpNextAt: later(RETRY.away) };
  }
}

/** Asks Koban for every third that is due, of all promoters: a job mints the right to act for each. */
export async function registerDueCgps(mint: (promoterId: string) => SystemActor): Promise<void> {
  const due = await asSystem((tx) =>
    tx
      .select({ id: convention.id, promoterId: convention.promoterId })
      .from(convention)
      .where(and(isNull(convention.kobanGuid), lte(convention.cgpNextAt, sql`clock_timestamp()`)))
      .orderBy(convention.cgpNextAt)
      .limit(MOST),
  );
  for (const { id, promoterId } of due) {
    try {
      await registerCgp(mint(promoterId), id);
    } catch (fault) {
      // One promoter whose access cannot be used must not keep the others waiting; it stays due.
      log().error({ convention: id, ...faultFacts(fault) }, 'a CGP could not be registered');
    }
  }
}
