import { and, eq, gt, lt } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { lead, webhookEvent } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { readText } from '@/lib/koban/wire';
import type { EventRow, Verdict } from './process-event';

const DAY_MS = 86_400_000;

/** Keeps a contact or request that Koban passed on, once however often it is told within a day. */
export async function storeLead(actor: SystemActor, row: EventRow): Promise<Verdict> {
  const { id, fields, receivedAt, promoterId } = row;
  const contactType = readText(fields.Contact_Type);
  if (contactType === null) return { state: 'quarantined', code: 'unreadable' };
  return asTenant(actor.scope, async (tx) => {
    if (await cameBefore(tx, row)) return { state: 'duplicate', code: 'same-again' };
    await tx
      .insert(lead)
      .values({
        promoterId,
        eventId: id,
        contactType,
        leadGuid: readText(fields.Lead_Guid),
        thirdGuid: readText(fields.Third_Guid),
        lastName: readText(fields.Name),
        firstName: readText(fields.FirstName),
        email: readText(fields.EMail),
        phone: readText(fields.Phone),
        mobile: readText(fields.Mobile),
        tags: readText(fields.Tags),
        fields: readText(fields.MoreFields),
        optin: readText(fields.Optin),
        comments: readText(fields.Comments),
        receivedAt,
      })
      .onConflictDoNothing();
    return { state: 'processed', code: 'stored' };
  });
}

/** Whether the very same call came within the day before this one. */
async function cameBefore(tx: TenantTx, { id, promoterId, contentHash, receivedAt }: EventRow) {
  const [before] = await tx
    .select({ id: webhookEvent.id })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.promoterId, promoterId),
        eq(webhookEvent.contentHash, contentHash),
        gt(webhookEvent.receivedAt, new Date(receivedAt.getTime() - DAY_MS)),
        lt(webhookEvent.id, id),
      ),
    )
    .limit(1);
  return before !== undefined;
}
