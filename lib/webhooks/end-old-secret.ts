import { and, eq, gt, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { StaffActor } from '@/lib/core/scope';
import { promoter } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { forgetDoors } from './know-caller';

/**
 * Shuts the promoter's door to the webhook secret before the present one, where it still opens. Other processes follow within five
 * seconds. @returns false when there is none
 */
export async function endOldSecret(actor: StaffActor): Promise<boolean> {
  const ended = await asTenant(actor.scope, async (tx) => {
    const changed = await tx
      .update(promoter)
      .set({ webhookOldSealed: null, webhookOldUntil: null })
      .where(and(eq(promoter.id, actor.promoter), gt(promoter.webhookOldUntil, sql`clock_timestamp()`)))
      .returning({ id: promoter.id });
    if (changed.length === 0) return false;
    await writeAudit(tx, actor, {
      action: 'webhook.old-secret-ended',
      subjectType: 'promoter',
      subjectId: actor.promoter,
    });
    return true;
  });
  if (ended) forgetDoors();
  return ended;
}
