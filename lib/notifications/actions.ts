'use server';

import { revalidatePath } from 'next/cache';
import { partnerAction } from '@/lib/auth/action';
import { markRead } from './mark-read';
import { renewCalendar, revokeCalendar } from './renew-calendar';
import { saveChoice } from './save-choice';
import { forgetSubscription, saveSubscription } from './save-subscription';
import { choiceSchema, endpointSchema, markReadSchema, subscriptionSchema, watchSchema } from './schema';
import { unwatchLot, watchLot } from './watch-lot';

/** « Me prévenir si ce lot se libère », « Suivre ce lot »: a `Watched`. */
export const watchAction = partnerAction
  .inputSchema(watchSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => watchLot(actor, parsedInput));

/** No longer. */
export const unwatchAction = partnerAction
  .inputSchema(watchSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => unwatchLot(actor, parsedInput));

/** Marks these notices, or all, as read. */
export const markReadAction = partnerAction
  .inputSchema(markReadSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    await markRead(actor, parsedInput);
    revalidatePath('/notifications');
  });

/** Turns one way of being told of one kind on or off. */
export const chooseAction = partnerAction
  .inputSchema(choiceSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => saveChoice(actor, parsedInput));

/** This browser may be pushed to. */
export const subscribeAction = partnerAction
  .inputSchema(subscriptionSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => saveSubscription(actor, parsedInput));

/** This browser may no longer be. */
export const unsubscribeAction = partnerAction
  .inputSchema(endpointSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => forgetSubscription(actor, parsedInput.endpoint));

/** Makes the calendar's address anew; it is shown this once. */
export const renewCalendarAction = partnerAction.action(async ({ ctx: { actor } }) => {
  const token = await renewCalendar(actor);
  revalidatePath('/compte');
  return { path: `/api/calendrier/${token}.ics` };
});

/** Takes the calendar's address away. */
export const revokeCalendarAction = partnerAction.action(async ({ ctx: { actor } }) => {
  await revokeCalendar(actor);
  revalidatePath('/compte');
});
