import { and, eq, sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { stockSync } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';

/** Another process has taken the promoter's mirror over: this one must write nothing more. */
export class LeaseLost extends Error {}

/** The right to feed one promoter's mirror. Every write checks `fence`. */
export type SyncLease = { promoterId: PromoterId; fence: number };
export type SyncState = typeof stockSync.$inferSelect;

// Three times the longest wait between two pages (ten seconds in the client's queue, ten on the wire).
const leaseEnd = sql`clock_timestamp() + interval '60 seconds'`;

/** Takes the promoter's mirror, by the database's clock; null while another process feeds it. */
export async function takeSync(
  tx: TenantTx,
  promoterId: PromoterId,
): Promise<{ lease: SyncLease; state: SyncState } | null> {
  await tx.insert(stockSync).values({ promoterId }).onConflictDoNothing();
  const [state] = await tx
    .update(stockSync)
    .set({
      leaseUntil: leaseEnd,
      fence: sql`${stockSync.fence} + 1`,
      lastAttemptAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(stockSync.promoterId, promoterId),
        sql`coalesce(${stockSync.leaseUntil}, '-infinity') < clock_timestamp()`,
      ),
    )
    .returning();
  return state ? { lease: { promoterId, fence: state.fence }, state } : null;
}

/** Writes where the sync stands and keeps the lease. @throws LeaseLost */
export async function keepSync(
  tx: TenantTx,
  lease: SyncLease,
  change: Partial<typeof stockSync.$inferInsert>,
): Promise<void> {
  await write(tx, lease, { ...change, leaseUntil: leaseEnd });
}

/** Writes how the sync ended, gives the lease back, and announces it: screens tell how old the stock is. @throws LeaseLost */
export async function endSync(
  tx: TenantTx,
  lease: SyncLease,
  change: Partial<Record<keyof typeof stockSync.$inferInsert, unknown>>,
): Promise<void> {
  await write(tx, lease, { ...change, phase: 'waiting', leaseUntil: null });
  await announce(tx, { kind: 'seen', promoter: lease.promoterId });
}

async function write(tx: TenantTx, { promoterId, fence }: SyncLease, change: object): Promise<void> {
  const kept = await tx
    .update(stockSync)
    .set(change)
    .where(and(eq(stockSync.promoterId, promoterId), eq(stockSync.fence, fence)))
    .returning({ fence: stockSync.fence });
  if (kept.length === 0) throw new LeaseLost('Another process feeds this mirror');
}
