'use server';

import { partnerAction } from '@/lib/auth/action';
import { afterAnswer } from '@/lib/auth/after-answer';
import { checkLot } from './check-lot';
import { placeOption } from './place-option';
import { listOptions } from './queries';
import { refreshOption } from './refresh-option';
import { lotRefSchema, optionFilterSchema, placeOptionSchema } from './schema';

/** « Mes options » that answer some words: sent in the body, since words stand in no address. */
export const searchOptions = partnerAction
  .inputSchema(optionFilterSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => listOptions(actor, parsedInput));

/** Asks Koban what it grants on a lot now, for the dialog « Poser une option »: a `LotCheck`, with the prospects to choose from. */
export const askLot = partnerAction
  .inputSchema(lotRefSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => checkLot(actor, parsedInput));

/** Places the option that the partner confirmed, and waits for Koban's answer: a `Placing`. */
export const confirmOption = partnerAction
  .inputSchema(placeOptionSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const { placing, ref } = await placeOption(actor, parsedInput);
    if (ref) afterAnswer('option refreshed', () => refreshOption(actor, ref));
    return placing;
  });
