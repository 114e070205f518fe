import { eq, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { randomToken } from '@/lib/core/ids';
import type { StaffActor } from '@/lib/core/scope';
import { seal } from '@/lib/core/seal';
import { promoter } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';

/** Two days: as long as a change may wait for Koban's support over a week-end's edge. */
const BOTH_VALID = '48 hours';

/** Makes a new webhook secret; the one before it is taken for two days more, while Koban's settings are changed. */
export async function rotateSecret(actor: StaffActor): Promise<void> {
  await asTenant(actor.scope, async (tx) => {
    await tx
      .update(promoter)
      .set({
        webhookOldSealed: sql`${promoter.webhookSecretSealed}`,
        webhookOldUntil: sql`clock_timestamp() + ${BOTH_VALID}::interval`,
        webhookSecretSealed: seal(randomToken(32), actor.promoter),
      })
      .where(eq(promoter.id, actor.promoter));
    await writeAudit(tx, actor, {
      action: 'webhook.secret-rotated',
      subjectType: 'promoter',
      subjectId: actor.promoter,
    });
  });
}
