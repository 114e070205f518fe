import type { SystemActor } from '@/lib/core/scope';
import { lead } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { readText } from '@/lib/koban/wire';
import type { EventRow, Verdict } from './process-event';

/** Keeps a contact or request that Koban passed on, once for each call. */
export async function storeLead(
  actor: SystemActor,
  { id, fields, receivedAt, promoterId }: EventRow,
): Promise<Verdict> {
  const contactType = readText(fields.Contact_Type);
  if (contactType === null) return { state: 'quarantined', code: 'unreadable' };
  await asTenant(actor.scope, (tx) =>
    tx
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
      .onConflictDoNothing(),
  );
  return { state: 'processed', code: 'stored' };
}
