'use server';

import { partnerAction } from '@/lib/auth/action';
import { afterAnswer } from '@/lib/auth/after-answer';
import { cancelOption } from './cancel-option';
import { checkLot } from './check-lot';
import { placeOption } from './place-option';
import { prolongOption } from './prolong-option';
import { listOptions } from './queries';
import { refreshLot } from './refresh-lot';
import {
  cancelOptionSchema,
  lotRefSchema,
  optionFilterSchema,
  placeOptionSchema,
  prolongOptionSchema,
} from './schema';

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
    const { placing, afterwards } = await placeOption(actor, parsedInput);
    if (afterwards) afterAnswer('option refreshed', afterwards);
    return placing;
  });

/** Prolongs an option of the partner's until the instant chosen, and waits for Koban's answer: a `Changing`. */
export const prolong = partnerAction
  .inputSchema(prolongOptionSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const { changing, lot } = await prolongOption(actor, parsedInput);
    if (lot) afterAnswer('lot read again', () => refreshLot(actor, lot.promoter, lot.extcode));
    return changing;
  });

/** Cancels an option of the partner's, and waits for Koban's answer: a `Changing`. */
export const cancel = partnerAction
  .inputSchema(cancelOptionSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const { changing, lot } = await cancelOption(actor, parsedInput);
    if (lot) afterAnswer('lot read again', () => refreshLot(actor, lot.promoter, lot.extcode));
    return changing;
  });
