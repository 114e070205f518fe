'use server';

import { returnServerError } from 'next-safe-action';
import { z } from 'zod';
import { partnerAction } from '@/lib/auth/action';
import { afterAnswer } from '@/lib/auth/after-answer';
import { faultFacts, log } from '@/lib/core/log';
import type { PartnerActor } from '@/lib/core/scope';
import { type Filing, fileDenonciations } from './file-denonciations';
import { keepRefusals } from './keep-refusals';
import { poseDenonciation } from './pose-denonciation';
import { listDenonciations } from './queries';
import { resendDenonciation } from './resend-denonciation';
import { forgetDraft, saveDraft } from './save-draft';
import { denonciationFilterSchema, denonciationSchema, draftSchema } from './schema';

/** Once the answer is on its way. One after the other: programmes of one form share a prospect, to be created once. */
function runLater(actor: PartnerActor, refs: Parameters<typeof poseDenonciation>[1][]): void {
  afterAnswer('dénonciations posed', async () => {
    for (const ref of refs) {
      try {
        await poseDenonciation(actor, ref);
      } catch (fault) {
        // The intention is kept: the job takes the act up again.
        log().error({ operation: ref.id, ...faultFacts(fault) }, 'a dénonciation was interrupted');
      }
    }
  });
}

/**
 * Files the form « Dénoncer un prospect » (send it as typed: `zodResolver(denonciationSchema, undefined, { raw: true })`).
 * Returns as soon as the intentions are kept; the steps then run, and `GET /api/denonciations/[id]` tells them.
 * @returns per programme `{ kind: 'filed', id }`, or `{ kind: 'refused', code, id }` with a code of `acts.codes`
 */
export const denounce = partnerAction
  .inputSchema(denonciationSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const filings = await fileDenonciations(actor, parsedInput);
    const refs = filings.flatMap((filing) => (filing.kind === 'filed' ? [filing.ref] : []));
    // First what was filed: a draft that cannot be forgotten makes no filed act « unexpected ».
    runLater(actor, refs);
    // Its page tells them from here. A form wholly refused has no page: it stays open.
    if (refs.length > 0) await keepRefusals(actor, parsedInput.formKey, filings);
    if (refs.length === filings.length) afterAnswer('draft forgotten', () => forgetDraft(actor));
    return { filings: filings.map(forBrowser) };
  });

function forBrowser(filing: Filing) {
  const { programme, id } = filing;
  return filing.kind === 'filed'
    ? { kind: 'filed' as const, programme, id: filing.id }
    : { kind: 'refused' as const, programme, code: filing.code, id };
}

/** Sends again a dénonciation kept unsent, or one that left no trace. Server error: a code of `acts.codes`. */
export const resend = partnerAction
  .inputSchema(z.object({ id: z.uuid() }))
  .action(async ({ parsedInput: { id }, ctx: { actor } }) => {
    const resending = await resendDenonciation(actor, id);
    if (resending.kind === 'refused') returnServerError(resending.code);
    runLater(actor, [resending.ref]);
    return { id };
  });

/** « Mes dénonciations » that answer some words: sent in the body, since words stand in no address. */
export const searchDenonciations = partnerAction
  .inputSchema(denonciationFilterSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => listDenonciations(actor, parsedInput));

/** Keeps the form as it is being typed. */
export const keepDraft = partnerAction
  .inputSchema(z.object({ values: draftSchema }))
  .action(async ({ parsedInput: { values }, ctx: { actor } }) => saveDraft(actor, values));

/** Forgets the form being typed. */
export const dropDraft = partnerAction.action(async ({ ctx: { actor } }) => forgetDraft(actor));
