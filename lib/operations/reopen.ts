import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { operation } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { abandonedAt } from './lease';

/** What the domain adds to the transaction: whether the act is still allowed, then its own row and the audit. */
export type Reopening = {
  permits: (tx: TenantTx) => Promise<boolean>;
  also: (tx: TenantTx, attempt: number) => Promise<void>;
};

/**
 * Opens an act again from a phase, as its next attempt.
 * @returns `forbidden` when the domain no longer allows it; `moved` when the act is no longer in the state it was seen in, or is being read back at this moment; `held` when
 *   another act on the same lot, or prospect and programme, has begun meanwhile
 */
export async function reopenOperation(
  actor: PartnerActor,
  id: string,
  from: { state: 'unsent' | 'uncertain'; phase: string; data: Record<string, unknown> },
  { permits, also }: Reopening,
): Promise<'reopened' | 'forbidden' | 'moved' | 'held'> {
  const { state, phase, data } = from;
  const now = sql`clock_timestamp()`;
  try {
    return await asTenant(actor.scope, async (tx) => {
      if (!(await permits(tx))) return 'forbidden';
      const [row] = await tx
        .update(operation)
        .set({
          state: 'open',
          phase,
          data,
          attempt: sql`${operation.attempt} + 1`,
          // A process that held the earlier attempt and slept through its lease must find this one closed to it.
          fence: sql`${operation.fence} + 1`,
          code: null,
          kobanMessage: null,
          uncertainAt: null,
          readBacks: 0,
          settledAt: null,
          nextCheckAt: abandonedAt(),
          leaseUntil: null,
          askedAt: now,
        })
        .where(
          and(
            eq(operation.id, id),
            eq(operation.state, state),
            or(isNull(operation.leaseUntil), lte(operation.leaseUntil, now)),
          ),
        )
        .returning({ attempt: operation.attempt });
      if (!row) return 'moved';
      await also(tx, row.attempt);
      return 'reopened';
    });
  } catch (fault) {
    if (isUniqueViolation(fault)) return 'held';
    throw fault;
  }
}

/** PostgreSQL's « unique_violation », wherever the driver put it. */
const isUniqueViolation = (fault: unknown): boolean =>
  fault instanceof Error &&
  (('code' in fault && fault.code === '23505') ||
    (fault.cause !== undefined && isUniqueViolation(fault.cause)));
