import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { PartnerActor } from '@/lib/core/scope';
import { formDraft } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { type Filing, filingRefusals } from './file-denonciations';
import { programmeRefSchema } from './schema';

const refusalsSchema = z.array(
  z.object({ programme: programmeRefSchema, code: z.enum(filingRefusals), id: z.uuid().nullable() }),
);
/** A programme of a form on which nothing was filed, and why. `id`: the dénonciation in the way, when this person may open it. */
export type KeptRefusal = z.infer<typeof refusalsSchema>[number];

const formOf = (formKey: string) => `refusals ${formKey}`;

/**
 * Keeps, beside the person's drafts and as long as them, what a form was refused: a refusal leaves no act by which it could be
 * read again. The last answer to the form holds.
 */
export async function keepRefusals(
  actor: PartnerActor,
  formKey: string,
  filings: readonly Filing[],
): Promise<void> {
  const refusals: KeptRefusal[] = filings.flatMap((filing) =>
    filing.kind === 'refused' ? [{ programme: filing.programme, code: filing.code, id: filing.id }] : [],
  );
  const kept = { values: { refusals }, savedAt: new Date() };
  await asSystem((tx) =>
    tx
      .insert(formDraft)
      .values({ accountId: actor.account, form: formOf(formKey), ...kept })
      .onConflictDoUpdate({ target: [formDraft.accountId, formDraft.form], set: kept }),
  );
}

/** What this person's form was refused; empty when nothing is kept of it. */
export async function readRefusals(actor: PartnerActor, formKey: string): Promise<KeptRefusal[]> {
  const [row] = await asSystem((tx) =>
    tx
      .select({ values: formDraft.values })
      .from(formDraft)
      .where(and(eq(formDraft.accountId, actor.account), eq(formDraft.form, formOf(formKey)))),
  );
  return row ? refusalsSchema.parse(row.values.refusals) : [];
}
