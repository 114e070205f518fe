'use server';

import { partnerAction } from '@/lib/auth/action';
import { touchVisit } from './touch-visit';

/** A page says that its person is there. */
export const visitAction = partnerAction.action(async ({ ctx: { actor } }) => {
  await touchVisit(actor);
});
