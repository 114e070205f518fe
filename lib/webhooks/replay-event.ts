import { and, eq, ne, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { StaffActor } from '@/lib/core/scope';
import { webhookEvent } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { wakeProcessing } from './process-events';

/** Has a kept call worked upon again, as if it had just come. @returns false when there is no such call, or it waits already */
export async function replayEvent(actor: StaffActor, id: number): Promise<boolean> {
  const replayed = await asTenant(actor.scope, async (tx) => {
    const [row] = await tx
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
          eq(webhookEvent.promoterId, actor.promoter),
          eq(webhookEvent.id, id),
          ne(webhookEvent.state, 'received'),
        ),
      )
      .returning({ event: webhookEvent.event });
    if (!row) return false;
    await writeAudit(tx, actor, {
      action: 'webhook.replayed',
      subjectType: 'webhook',
      subjectId: String(id),
      facts: { event: row.event },
    });
    return true;
  });
  if (replayed) wakeProcessing(actor.promoter);
  return replayed;
}
