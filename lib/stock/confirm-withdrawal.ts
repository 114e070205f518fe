import { and, eq, isNull } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { OperatorActor } from '@/lib/core/scope';
import { stockSync } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { enqueue, reconcileOne } from '@/lib/jobs/enqueue';

/**
 * Confirms that so many lots of a promoter, most of its stock, are gone from its Koban, and asks for the pass that withdraws them.
 * That pass reads Koban again: it withdraws as many as were confirmed, and asks anew when there are more.
 * @returns false when no such question stands any more
 */
export async function confirmWithdrawal(
  actor: OperatorActor,
  { promoterId, gone }: { promoterId: string; gone: number },
): Promise<boolean> {
  const confirmed = await asSystem(async (tx) => {
    const asked = await tx
      .update(stockSync)
      .set({ reconcileConfirmed: gone })
      .where(
        and(
          eq(stockSync.promoterId, promoterId),
          eq(stockSync.reconcileGone, gone),
          isNull(stockSync.reconcileConfirmed),
        ),
      )
      .returning({ promoterId: stockSync.promoterId });
    if (asked.length === 0) return false;
    await writeAudit(tx, actor, {
      action: 'stock.withdrawal-confirmed',
      subjectType: 'promoter',
      subjectId: promoterId,
      promoter: promoterId,
      facts: { lots: gone },
    });
    return true;
  });
  // Without the job the confirmation waits for the night.
  if (confirmed) await enqueue(reconcileOne, { promoterId }, { singletonKey: promoterId });
  return confirmed;
}
