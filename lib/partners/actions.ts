'use server';

import { revalidatePath } from 'next/cache';
import { after } from 'next/server';
import { returnServerError, returnValidationErrors } from 'next-safe-action';
import { staffAction } from '@/lib/auth/action';
import { changeConvention, suspendConvention } from './change-convention';
import { createCabinet } from './create-cabinet';
import { registerCgp } from './register-cgp';
import { changeConventionSchema, createCabinetSchema, suspendConventionSchema } from './schema';

/** Opens a convention with a cabinet; Koban is asked for its CGP third once the answer is on its way. */
export const openCabinet = staffAction
  .inputSchema(createCabinetSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const outcome = await createCabinet(actor, parsedInput);
    if (outcome.kind === 'done') {
      after(() => registerCgp(actor, outcome.conventionId));
      revalidatePath('/admin', 'layout');
      return { id: outcome.id };
    }
    const faults = { _errors: [outcome.code] };
    return returnValidationErrors(
      createCabinetSchema,
      outcome.code === 'siren-known' ? { siren: faults } : { programmes: faults },
    );
  });

/** Gives a convention other terms. */
export const changeTerms = staffAction
  .inputSchema(changeConventionSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const outcome = await changeConvention(actor, parsedInput);
    revalidatePath('/admin', 'layout');
    if (outcome.kind === 'done') return outcome;
    if (outcome.code === 'unknown-cabinet') returnServerError('unchanged');
    return returnValidationErrors(changeConventionSchema, {
      programmes: { _errors: ['programmes-missing'] },
    });
  });

/** Suspends a convention, or lifts the suspension. */
export const suspend = staffAction
  .inputSchema(suspendConventionSchema)
  .action(async ({ parsedInput, ctx: { actor } }) => {
    const done = await suspendConvention(actor, parsedInput);
    revalidatePath('/admin', 'layout');
    return done ? { kind: 'done' as const } : returnServerError('unchanged');
  });
