import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { promoter, reservation } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { seenBy } from '@/lib/denonciations/queries';
import { listedOnly } from '@/lib/dossiers/rules';
import { type FileForm, fileFormSchema, type SaveDraftInput } from '@/lib/dossiers/schema';
import { promoterSettingsSchema } from '@/lib/promoters/schema';

/** A file as it is kept: with what other screens wrote in it meanwhile. */
export type KeptFile = { savedAt: Date; file: FileForm };

/**
 * Keeps the fields that were just typed of a complete file. Each replaces what was kept of it, so that two devices that fill two
 * fields lose neither; of one field, the last write stands.
 * @returns null when the file is no longer open (sent, validated, withdrawn, or not this partner's)
 */
export async function saveDraft(actor: PartnerActor, input: SaveDraftInput): Promise<KeptFile | null> {
  const savedAt = new Date();
  return asTenant(actor.scope, async (tx) => {
    const [kept] = await tx
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
      .returning({ file: reservation.file, promoterId: reservation.promoterId });
    if (!kept) return null;
    const [owner] = await tx
      .select({ settings: promoter.settings })
      .from(promoter)
      .where(eq(promoter.id, kept.promoterId));
    const { lists } = promoterSettingsSchema.parse(owner?.settings);
    return { savedAt, file: listedOnly(fileFormSchema.parse(kept.file), lists) };
  });
}
