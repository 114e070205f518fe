import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { faultFacts, log } from '@/lib/core/log';
import type { SystemActor } from '@/lib/core/scope';
import { operation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { OperationRef, OperationRow } from './definition';
import { due, present } from './lease';

/** An act found due, as the database names it. */
export type DueOperation = { id: string; promoterId: string; cabinetId: string };

/** How each kind of act is taken up again: given by the job, which knows the domains and mints the actor. */
export type Resumption = {
  /** The right to act for the promoter of a due act, and the act's own reference. */
  mint: (due: DueOperation) => { actor: SystemActor; ref: OperationRef };
  runners: Partial<Runners>;
};
/** One runner for each kind of act. */
export type Runners = Record<
  OperationRow['kind'],
  (actor: SystemActor, ref: OperationRef, at?: Date) => Promise<unknown>
>;

/** An act that cannot be run waits as long again as it has waited, between these: twenty of them must not hide the others. */
const SOONEST = '30 seconds';
const LATEST = '30 minutes';

async function putOff(id: string, at: Date | undefined): Promise<void> {
  const now = present(at);
  const wait = sql`least(greatest(${now} - ${operation.askedAt}, ${SOONEST}::interval), ${LATEST}::interval)`;
  await asSystem((tx) =>
    tx
      .update(operation)
      .set({ nextCheckAt: sql`${now} + ${wait}` })
      .where(and(eq(operation.id, id), inArray(operation.state, ['open', 'uncertain']))),
  );
}

/** Few at a time: a Koban that comes back after an outage is not met by everything that waited for it. */
const AT_A_TIME = 4;
const MOST = 20;

/**
 * Takes up acts whose process died, and reads back those whose result is unknown. Safe to run in several processes at once.
 * @param at the present, for tests
 * @returns how many acts were due (at most 20)
 */
export async function resumeDueOperations({ mint, runners }: Resumption, at?: Date): Promise<number> {
  const found = await asSystem((tx) =>
    tx
      .select({
        id: operation.id,
        promoterId: operation.promoterId,
        cabinetId: operation.cabinetId,
        kind: operation.kind,
      })
      .from(operation)
      .where(due(at))
      .orderBy(asc(operation.nextCheckAt))
      .limit(MOST),
  );
  const waiting = [...found];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { actor, ref } = mint(next);
      try {
        const run = runners[next.kind];
        if (!run) throw new Error(`Nothing runs acts of the kind ${next.kind}`);
        await run(actor, ref, at);
      } catch (fault) {
        log().error({ operation: next.id, ...faultFacts(fault) }, 'an act could not be taken up');
        await putOff(next.id, at);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return found.length;
}
