import { eq, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { randomToken } from '@/lib/core/ids';
import type { StaffActor } from '@/lib/core/scope';
import { seal } from '@/lib/core/seal';
import { promoter } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { forgetDoors } from './know-caller';

/** Long enough to have Koban's support change it, short enough that a secret that leaked dies. */
const OLD_FOR = sql`clock_timestamp() + interval '7 days'`;

/**
 * Gives the promoter's webhooks a new secret. The one before it opens for seven days more; an older one no longer does. Other
 * processes follow within five seconds.
 */
export async function rotateSecret(actor: StaffActor): Promise<void> {
  await asTenant(actor.scope, async (tx) => {
    const changed = await tx
      .update(promoter)
      .set({
        webhookSecretSealed: seal(randomToken(32), actor.promoter),
        webhookOldSealed: sql`${promoter.webhookSecretSealed}`,
        webhookOldUntil: OLD_FOR,
      })
      .where(eq(promoter.id, actor.promoter))
      .returning({ id: promoter.id });
    if (changed.length === 0) throw new Error('There is no such promoter');
    await writeAudit(tx, actor, {
      action: 'webhook.secret-rotated',
      subjectType: 'promoter',
      subjectId: actor.promoter,
    });
  });
  forgetDoors();
}
