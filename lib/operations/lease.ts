import { and, desc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { sha256 } from '@/lib/core/seal';
import { operation, operationStep } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { OperationRow } from './definition';

/** How long an act is held without a sign of life. Three times the longest call, so that a live process never loses it. */
const LEASE_MS = 60_000;
/** The longest that a call may take: ten seconds in the queue of its Koban account, ten on the wire (lib/koban). */
const CALL_MS = 20_000;
/** Koban cannot check a fence: a call begins only with this much to spare (RELIABILITY, « Lease »). */
const SPARE_MS = 5_000;

/** An act held by this process. `fence` guards every write; `until` counts on this process's monotonic clock. */
export type Lease = { fence: number; until: number };

/** The present for the database: its own clock, or the instant that a test injects. */
export const present = (at: Date | undefined): SQL<Date> =>
  at ? sql<Date>`${at.toISOString()}::timestamptz` : sql<Date>`clock_timestamp()`;

/** When a lease taken at this present runs out. */
export const leaseEnd = (at: Date | undefined) =>
  sql`${present(at)} + ${`${LEASE_MS} milliseconds`}::interval`;

/** The lease of an act that was taken as it was begun, a moment ago in the same transaction. */
export const firstLease = (row: OperationRow): Lease => ({
  fence: row.fence,
  until: performance.now() + LEASE_MS - SPARE_MS,
});

/** Whether a call may still begin under this lease. */
export const mayCall = (lease: Lease): boolean => lease.until - performance.now() > CALL_MS + SPARE_MS;

const heldByNobody = (at: Date | undefined) =>
  or(isNull(operation.leaseUntil), lte(operation.leaseUntil, present(at)));

/** Which acts the machine takes up of itself: not settled, due, and held by nobody. */
export const due = (at: Date | undefined) =>
  and(
    inArray(operation.state, ['open', 'uncertain']),
    lte(operation.nextCheckAt, present(at)),
    heldByNobody(at),
  );

/**
 * When the machine takes up an act that nobody ran: as late as it would one whose process died. Whoever began it runs it
 * sooner, and the acts of one form one after the other.
 */
export const abandonedAt = (): SQL => leaseEnd(undefined);

/** Takes an act; null when it is settled, unknown and not due for a reading, or held by another process. */
export async function takeLease(
  tx: TenantTx,
  id: string,
  at: Date | undefined,
): Promise<{ row: OperationRow; lease: Lease } | null> {
  const until = performance.now() + LEASE_MS;
  const [row] = await tx
    .update(operation)
    .set({ fence: sql`${operation.fence} + 1`, leaseUntil: leaseEnd(at) })
    .where(and(eq(operation.id, id), or(and(eq(operation.state, 'open'), heldByNobody(at)), due(at))))
    .returning();
  return row ? { row, lease: { fence: row.fence, until } } : null;
}

/** Writes to an act that is still ours, and keeps it or gives it back. Null when the lease was lost: nothing is written. */
export async function writeHeld(
  tx: TenantTx,
  held: { id: string; lease: Lease },
  change: Partial<typeof operation.$inferInsert>,
  keep: { at: Date | undefined } | null,
): Promise<{ row: OperationRow; lease: Lease } | null> {
  const until = performance.now() + LEASE_MS;
  const [row] = await tx
    .update(operation)
    .set({ ...change, leaseUntil: keep ? leaseEnd(keep.at) : null })
    .where(and(eq(operation.id, held.id), eq(operation.fence, held.lease.fence)))
    .returning();
  return row ? { row, lease: { fence: row.fence, until } } : null;
}

/** The call of the present attempt that was begun and never answered, as far as the database knows. */
export async function pendingStep(tx: TenantTx, { id, attempt }: OperationRow) {
  const [step] = await tx
    .select({ id: operationStep.id, name: operationStep.name, startedAt: operationStep.startedAt })
    .from(operationStep)
    .where(
      and(
        eq(operationStep.operationId, id),
        eq(operationStep.attempt, attempt),
        eq(operationStep.state, 'intent'),
      ),
    )
    .orderBy(desc(operationStep.id))
    .limit(1);
  return step ?? null;
}

/** Closes the call that was begun and not answered, if there is one. */
export const closeIntent = (
  tx: TenantTx,
  operationId: string,
  outcome: Pick<typeof operationStep.$inferInsert, 'state' | 'facts' | 'endedAt'>,
): Promise<unknown> =>
  tx
    .update(operationStep)
    .set(outcome)
    .where(and(eq(operationStep.operationId, operationId), eq(operationStep.state, 'intent')));

/** The fingerprint of what a call asks of Koban. */
export const hashOfAsked = (asked: unknown): string => sha256(JSON.stringify(asked));

/** A step of an act; its intent is written, with the hash of what will be asked, before the first byte leaves. */
export async function writeStep(
  tx: TenantTx,
  row: OperationRow,
  step: { name: string; asks?: unknown } & Pick<
    typeof operationStep.$inferInsert,
    'state' | 'startedAt' | 'endedAt' | 'facts'
  >,
): Promise<number> {
  const { asks, ...rest } = step;
  const [made] = await tx
    .insert(operationStep)
    .values({
      ...rest,
      promoterId: row.promoterId,
      cabinetId: row.cabinetId,
      operationId: row.id,
      attempt: row.attempt,
      sentHash: asks === undefined ? null : hashOfAsked(asks),
    })
    .returning({ id: operationStep.id });
  if (!made) throw new Error('A step was not written');
  return made.id;
}
