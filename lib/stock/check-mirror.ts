import { eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { OperatorActor } from '@/lib/core/scope';
import { promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { enqueue, reconcileOne } from '@/lib/jobs/enqueue';

/** Asks for the nightly pass of one promoter now. @returns false when there is no such promoter */
export async function checkMirror(
  actor: OperatorActor,
  { promoterId }: { promoterId: string },
): Promise<boolean> {
  const known = await asSystem(async (tx) => {
    const [row] = await tx.select({ id: promoter.id }).from(promoter).where(eq(promoter.id, promoterId));
    if (!row) return false;
    await writeAudit(tx, actor, {
      action: 'stock.check-asked',
      subjectType: 'promoter',
      subjectId: promoterId,
      promoter: promoterId,
    });
    return true;
  });
  if (known) await enqueue(reconcileOne, { promoterId }, { singletonKey: promoterId });
  return known;
}
