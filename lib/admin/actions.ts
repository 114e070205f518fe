'use server';

import { returnServerError } from 'next-safe-action';
import { z } from 'zod';
import { staffAction } from '@/lib/auth/action';
import { endOldSecret } from '@/lib/webhooks/end-old-secret';
import { listEvents } from '@/lib/webhooks/queries';
import { replayEvent } from '@/lib/webhooks/replay-event';
import { rotateSecret } from '@/lib/webhooks/rotate-secret';
import { eventFilterSchema, eventIdSchema } from '@/lib/webhooks/schema';
import { judgeAct } from './judge-act';
import { readJournal } from './read-journal';
import { journalFilterSchema, judgeSchema } from './schema';

/** Ends an uncertain act by the word of the signed-in person. `moved`: it was settled meanwhile. */
export const judge = staffAction
  .inputSchema(judgeSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => judgeAct(actor, parsedInput));

/** Calls of Koban's that answer some words: sent in the body, since words stand in no address. */
export const searchEvents = staffAction
  .inputSchema(eventFilterSchema.omit({ event: true }))
  .action(async ({ parsedInput, ctx: { actor } }) => listEvents(actor, { ...parsedInput, event: null }));

/** The journal by some words: sent in the body, since words stand in no address. */
export const searchJournal = staffAction
  .inputSchema(journalFilterSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => readJournal(actor, parsedInput));

/** Has a call of Koban's worked again. */
export const replay = staffAction
  .inputSchema(z.object({ id: eventIdSchema }))
  .action(async ({ parsedInput: { id }, ctx: { actor } }) =>
    (await replayEvent(actor, id)) ? { kind: 'done' as const } : returnServerError('unchanged'),
  );

/** Makes a new webhook secret; the present one stays good for seven days. */
export const rotate = staffAction.action(async ({ ctx: { actor } }) => {
  await rotateSecret(actor);
  return { kind: 'done' as const };
});

/** Ends the webhook secret before the present one now. */
export const endOld = staffAction.action(async ({ ctx: { actor } }) =>
  (await endOldSecret(actor)) ? { kind: 'done' as const } : returnServerError('unchanged'),
);
