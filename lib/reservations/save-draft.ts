import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { reservation } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { seenBy } from '@/lib/denonciations/queries';
import type { SaveDraftInput } from './schema';

/**
 * Keeps the fields that were just typed of a complete file. Each replaces what was kept of it, so that two devices that fill two
 * fields lose neither; of one field, the last write stands.
 * @returns when it was kept; null when the file is no longer open (sent, validated, withdrawn, or not this partner's)
 */
export async function saveDraft(actor: PartnerActor, input: SaveDraftInput): Promise<Date | null> {
  const savedAt = new Date();
  const rows = await asTenant(actor.scope, (tx) =>
    tx
      .update(reservation)
      .set({
        file: sql`${reservation.file} || ${JSON.stringify(input.fields)}::jsonb`,
        fileStep: input.step,
        fileSavedAt: savedAt,
      })
      .where(
        and(
          eq(reservation.id, input.id),
          seenBy(actor, reservation),
          eq(reservation.fileSent, false),
          inArray(reservation.state, ['pending', 'uncertain', 'preresv']),
        ),
      )
      .returning({ id: reservation.id }),
  );
  return rows.length === 0 ? null : savedAt;
}
