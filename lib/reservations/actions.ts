'use server';

import { returnServerError } from 'next-safe-action';
import { partnerAction } from '@/lib/auth/action';
import { afterAnswer } from '@/lib/auth/after-answer';
import type { PartnerActor } from '@/lib/core/scope';
import { saveDraftSchema, sendDossierSchema } from '@/lib/dossiers/schema';
import { placePreresv, type Reserved, type Reserving } from './place-preresv';
import { listReservations } from './queries';
import { refreshLot } from './refresh-lot';
import { saveDraft } from './save-draft';
import { preresvSchema, reservationFilterSchema, withdrawSchema } from './schema';
import { sendDossier } from './send-dossier';
import { withdrawPreresv } from './withdraw-preresv';

/** What the browser is told; the mirror reads the lot once the answer is on its way. */
function told(actor: PartnerActor, { reserving, touched }: Reserved): Reserving {
  if (touched) afterAnswer('lot read again', () => refreshLot(actor, touched.ref, touched.extcode));
  return reserving;
}

/** « Mes réservations » that answer some words: sent in the body, since words stand in no address. */
export const searchReservations = partnerAction
  .inputSchema(reservationFilterSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => listReservations(actor, parsedInput));

/** Pre-reserves a lot, and waits for Koban's answer (send the form as typed: `raw`). */
export const reserve = partnerAction
  .inputSchema(preresvSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => told(actor, await placePreresv(actor, parsedInput)));

/** Keeps the fields just typed, and answers the whole file as kept. Server error: `file-closed` once nothing of the file may change. */
export const keepFields = partnerAction
  .inputSchema(saveDraftSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const kept = await saveDraft(actor, parsedInput);
    return kept ?? returnServerError('file-closed');
  });

/** Sends the complete file as it stands on the screen, and waits for Koban's answer. */
export const sendFile = partnerAction
  .inputSchema(sendDossierSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => told(actor, await sendDossier(actor, parsedInput)));

/** Withdraws a reservation, and waits for Koban's answer. */
export const withdraw = partnerAction
  .inputSchema(withdrawSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => told(actor, await withdrawPreresv(actor, parsedInput)));
