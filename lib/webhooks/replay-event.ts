import { and, eq, ne, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { StaffActor } from '@/lib/core/scope';
import { webhookEvent } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';

/** Has a call of Koban's worked again, from what was kept of it. @returns false when it waits already, or is not this promoter's */
export async function replayEvent(actor: StaffActor, id: number): Promise<boolean> {
  return asTenant(actor.scope, async (tx) => {
    const [again] = await tx
      .update(webhookEvent)
      .set({
        state: 'received',
        code: null,
        attempts: 0,
        nextAttemptAt: sql`clock_timestamp()`,
        processedAt: null,
        replayedBy: actor.account,
      })
      .where(
        and(
          eq(webhookEvent.id, id),
          eq(webhookEvent.promoterId, actor.promoter),
          ne(webhookEvent.state, 'received'),
        ),
      )
      .returning({ event: webhookEvent.event });
    if (!again) return false;
    await writeAudit(tx, actor, {
      action: 'webhook.replayed',
      subjectType: 'webhook',
      subjectId: String(id),
      facts: { event: again.event },
    });
    return true;
  });
}
