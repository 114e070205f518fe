import { headers } from 'next/headers';
import { createSafeActionClient, returnServerError } from 'next-safe-action';
import { faultFacts, log } from '@/lib/core/log';
import { type ActorOf, isKind, type SignedInActor } from './actor';
import { fromOwnPages } from './origin';
import { currentSession } from './session';

/**
 * The ladder of server actions. Inputs are checked by a zod schema (`.inputSchema`); field errors come back flattened, as the
 * schema's codes. A refusal is `returnServerError('code')`; anything thrown reaches the browser as `unexpected` and no more.
 * Codes become sentences in the message files, under `errors`.
 */
export const publicAction = createSafeActionClient({
  defaultValidationErrorsShape: 'flattened',
  handleServerError: (fault): string => {
    log().error(faultFacts(fault), 'action failed');
    return 'unexpected';
  },
}).use(async ({ next }) => {
  if (!fromOwnPages(await headers())) returnServerError('foreign-origin');
  return next();
});

/** For anyone signed in: `ctx.session` also names the session itself. */
export const signedInAction = publicAction.use(async ({ next }) => {
  const session = await currentSession();
  return session ? next({ ctx: { session } }) : returnServerError('signed-out');
});

/** For partners: `ctx.actor`. */
export const partnerAction = signedInAction.use(({ next, ctx }) =>
  next({ ctx: { actor: only(ctx.session.actor, 'partner') } }),
);
/** For a promoter's staff: `ctx.actor`. */
export const staffAction = signedInAction.use(({ next, ctx }) =>
  next({ ctx: { actor: only(ctx.session.actor, 'staff') } }),
);
/** For the operator: `ctx.actor`. */
export const operatorAction = signedInAction.use(({ next, ctx }) =>
  next({ ctx: { actor: only(ctx.session.actor, 'operator') } }),
);

function only<Kind extends SignedInActor['kind']>(actor: SignedInActor, kind: Kind): ActorOf<Kind> {
  return isKind(actor, kind) ? actor : returnServerError('forbidden');
}
