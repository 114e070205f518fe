import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { StaffActor } from '@/lib/core/scope';
import { lead } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import type { MarkLeadInput } from './schema';

/** Marks a lead handled, or to handle again. @returns false when it stood so already, or is not this promoter's */
export async function markLead(actor: StaffActor, { id, handled }: MarkLeadInput): Promise<boolean> {
  return asTenant(actor.scope, async (tx) => {
    const changed = await tx
      .update(lead)
      .set({ handledAt: handled ? sql`now()` : null, handledBy: handled ? actor.account : null })
      .where(
        and(
          eq(lead.id, id),
          eq(lead.promoterId, actor.promoter),
          handled ? isNull(lead.handledAt) : isNotNull(lead.handledAt),
        ),
      )
      .returning({ id: lead.id });
    if (changed.length === 0) return false;
    await writeAudit(tx, actor, {
      action: handled ? 'lead.handled' : 'lead.reopened',
      subjectType: 'lead',
      subjectId: id,
    });
    return true;
  });
}
