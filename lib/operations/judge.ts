import { and, eq, sql } from 'drizzle-orm';
import type { StaffActor } from '@/lib/core/scope';
import { operation } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import type { Definition, Facts, OperationRef, OperationRow, Rest, Runner } from './definition';

/** What a person of the promoter's staff found in Koban, and in what words they say so. */
export type Judgement = { verdict: 'done' | 'not-done'; note: string };

/** The code of an act that its promoter's staff found not done. */
export const JUDGED_NOT_DONE = 'judged-not-done';

/** What the audit of a judged act says besides: which act, so that the journal finds the note, which is no fact. */
export const judgementFacts = (runner: Runner, { id }: Pick<OperationRow, 'id'>): Facts =>
  runner.kind === 'staff' ? { operation: id } : {};

/**
 * Ends an act whose result stayed unknown by a person's word. Only while it is still uncertain: whoever comes second, or a
 * reading that settled it meanwhile, wins nothing here. The fence is raised, so that a reading in hand at this moment can no
 * longer write. The domain's row, the audit and the announcement are its `settle`'s, in the same transaction.
 * @returns the act as it was left; null when it was no longer uncertain, or is not this promoter's
 */
export async function judgeOperation<Subject, Data, Koban>(
  actor: StaffActor,
  ref: OperationRef,
  { verdict, note }: Judgement,
  definition: Definition<Subject, Data, Koban>,
): Promise<OperationRow | null> {
  const rest: Rest =
    verdict === 'done' ? { to: 'done', proof: 'person' } : { to: 'abandoned', code: JUDGED_NOT_DONE };
  const now = new Date();
  return asTenant(actor.scope, async (tx) => {
    const [row] = await tx
      .update(operation)
      .set({
        state: rest.to,
        code: rest.to === 'abandoned' ? rest.code : null,
        kobanMessage: null,
        fence: sql`${operation.fence} + 1`,
        leaseUntil: null,
        nextCheckAt: null,
        settledAt: now,
        judgedBy: actor.account,
        judgement: note,
      })
      .where(
        and(
          eq(operation.id, ref.id),
          eq(operation.promoterId, actor.promoter),
          eq(operation.state, 'uncertain'),
        ),
      )
      .returning();
    if (!row) return null;
    const act = {
      ref,
      operation: row,
      data: definition.data.parse(row.data),
      subject: await definition.load(tx, row),
      now: () => now,
      recovered: true,
    };
    await definition.settle(tx, actor, act, rest);
    return row;
  });
}
