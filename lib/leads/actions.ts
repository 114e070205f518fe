'use server';

import { revalidatePath } from 'next/cache';
import { returnServerError } from 'next-safe-action';
import { staffAction } from '@/lib/auth/action';
import { markLead } from './mark-lead';
import { listLeads } from './queries';
import { leadFilterSchema, markLeadSchema } from './schema';

/** « Leads » that answer some words: sent in the body, since words stand in no address. */
export const searchLeads = staffAction
  .inputSchema(leadFilterSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => listLeads(actor, parsedInput));

/** Marks a lead handled, or to handle again. */
export const markHandled = staffAction
  .inputSchema(markLeadSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const done = await markLead(actor, parsedInput);
    revalidatePath('/admin', 'layout');
    return done ? { kind: 'done' as const } : returnServerError('unchanged');
  });
