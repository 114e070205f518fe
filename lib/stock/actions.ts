'use server';

import { revalidatePath } from 'next/cache';
import { returnServerError } from 'next-safe-action';
import { z } from 'zod';
import { posted } from '@/lib/accounts/schema';
import { operatorAction } from '@/lib/auth/action';
import { checkMirror } from './check-mirror';
import { confirmWithdrawal } from './confirm-withdrawal';

const mirrorActSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('check'), promoterId: z.uuid() }),
  z.object({ act: z.literal('confirm'), promoterId: z.uuid(), gone: z.coerce.number().int().positive() }),
]);

/** What the operator does about a promoter's mirror: hold it against Koban now, or confirm that most of it is gone. */
export const mirrorAction = operatorAction
  .inputSchema(posted(mirrorActSchema))
  .stateAction(async ({ parsedInput, ctx: { actor } }) => {
    const done =
      parsedInput.act === 'check'
        ? await checkMirror(actor, parsedInput)
        : await confirmWithdrawal(actor, parsedInput);
    revalidatePath('/operateur/stock');
    return done ? { kind: parsedInput.act } : returnServerError('unchanged');
  });
