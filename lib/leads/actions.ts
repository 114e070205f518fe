'use server';

import { revalidatePath } from 'next/cache';
import { returnServerError } from 'next-safe-action';
import { staffAction } from '@/lib/auth/action';
import { markLead } from './mark-lead';
import { markLeadSchema } from './schema';

/** Marks a lead handled, or to handle again. */
export const markHandled = staffAction
  .inputSchema(markLeadSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const done = await markLead(actor, parsedInput);
    revalidatePath('/admin', 'layout');
    return done ? { kind: 'done' as const } : returnServerError('unchanged');
  });
