import { and, eq, inArray } from 'drizzle-orm';
import { operation } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Facts, OperationRow } from './definition';
import { closeIntent, writeStep } from './lease';

/**
 * Settles an act by what Koban told of itself (a webhook), whether its call is still in flight or its result unknown. The
 * fence grows: the answer that comes after finds the act closed to it. The caller writes the domain's row and the audit in
 * the same transaction.
 * @returns null when the act was settled already: nothing is written
 */
export async function proveOperation(
  tx: TenantTx,
  id: string,
  { at, facts }: { at: Date; facts: Facts },
): Promise<OperationRow | null> {
  const [before] = await tx
    .select({ fence: operation.fence })
    .from(operation)
    .where(and(eq(operation.id, id), inArray(operation.state, ['open', 'uncertain'])))
    .for('update');
  if (!before) return null;
  const [row] = await tx
    .update(operation)
    .set({
      state: 'done',
      code: null,
      kobanMessage: null,
      fence: before.fence + 1,
      leaseUntil: null,
      uncertainAt: null,
      nextCheckAt: null,
      settledAt: at,
    })
    .where(and(eq(operation.id, id), inArray(operation.state, ['open', 'uncertain'])))
    .returning();
  if (!row) return null;
  await closeIntent(tx, id, { state: 'unknown', facts: { proof: 'webhook' }, endedAt: at });
  await writeStep(tx, row, { name: 'webhook', state: 'done', facts, startedAt: at, endedAt: at });
  return row;
}
