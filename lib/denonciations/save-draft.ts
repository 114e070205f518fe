import { and, eq } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { formDraft } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { type Draft, draftSchema } from './schema';

const FORM = 'denonciation';

const own = (actor: PartnerActor) => and(eq(formDraft.accountId, actor.account), eq(formDraft.form, FORM));

/** Keeps the form as it is being typed: one draft a person, the latest. */
export async function saveDraft(actor: PartnerActor, values: Draft): Promise<void> {
  const savedAt = new Date();
  await asSystem((tx) =>
    tx
      .insert(formDraft)
      .values({ accountId: actor.account, form: FORM, values, savedAt })
      .onConflictDoUpdate({ target: [formDraft.accountId, formDraft.form], set: { values, savedAt } }),
  );
}

/** The form as it was last typed, and when; null when nothing is kept. */
export async function readDraft(actor: PartnerActor): Promise<{ values: Draft; savedAt: Date } | null> {
  const [row] = await asSystem((tx) =>
    tx.select({ values: formDraft.values, savedAt: formDraft.savedAt }).from(formDraft).where(own(actor)),
  );
  return row ? { savedAt: row.savedAt, values: draftSchema.parse(row.values) } : null;
}

/** Forgets it, once it is filed. */
export async function forgetDraft(actor: PartnerActor): Promise<void> {
  await asSystem((tx) => tx.delete(formDraft).where(own(actor)));
}
