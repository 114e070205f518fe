'use server';

import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { returnServerError, returnValidationErrors } from 'next-safe-action';
import { z } from 'zod';
import { operatorAction, publicAction, signedInAction, staffAction } from '@/lib/auth/action';
import { afterAnswer } from '@/lib/auth/after-answer';
import { rememberDevice } from '@/lib/auth/device';
import { deviceOfBrowser, dropSession, issueSession, keepDevice } from '@/lib/auth/issue-session';
import { fromOwnPages, networkOf } from '@/lib/auth/origin';
import { currentSession, homeOf, safePath } from '@/lib/auth/session';
import type { OperatorActor } from '@/lib/core/scope';
import { setLocale } from '@/lib/i18n/actions';
import { locales } from '@/lib/i18n/locale';
import { changeAccess } from './change-access';
import { changeRole, keepLanguage, rename, setDisabled } from './change-account';
import { changePassword } from './change-password';
import { choosePassword } from './choose-password';
import { createFirstAccount } from './create-first-account';
import { inviteAccount } from './invite-account';
import { invitePartner } from './invite-partner';
import { requestReset } from './request-reset';
import {
  changePasswordSchema,
  choosePasswordSchema,
  firstAccountSchema,
  forgottenSchema,
  invitePartnerSchema,
  partnerActSchema,
  peopleActSchema,
  posted,
  profileSchema,
  signInSchema,
} from './schema';
import { signIn } from './sign-in';
import { signOut } from './sign-out';

/** Signs in and goes on to the page that was asked for. Refused or slowed: says so, and the form keeps what was typed. */
export const signInAction = publicAction
  .inputSchema(posted(signInSchema))
  .stateAction(async ({ parsedInput }) => {
    const { suite, ...credentials } = parsedInput;
    const visit = { network: networkOf(await headers()), device: await deviceOfBrowser() };
    const outcome = await signIn(credentials, visit);
    if (outcome.kind === 'refused') return outcome;
    await keepDevice(outcome.device);
    if (outcome.kind === 'slowed') return { kind: outcome.kind, until: outcome.until };
    await issueSession(outcome.account);
    const asked = safePath(suite);
    redirect(asked === '/' ? homeOf[outcome.home] : asked);
  });

/** Keeps the reader's language for their screens, and for the mail they get once they are signed in. @throws on an unknown one */
export async function chooseLanguageAction(form: FormData): Promise<void> {
  await setLocale(form);
  const locale = z.enum(locales).parse(form.get('locale'));
  const session = await currentSession();
  if (session && fromOwnPages(await headers())) await keepLanguage(session.actor, locale);
}

/** Ends this session, here and for any copy of its cookie. */
export async function signOutAction(): Promise<void> {
  const session = await currentSession();
  if (session) await signOut(session.session);
  await dropSession();
  redirect('/connexion');
}

/** Asks for a link that sets a new password. One answer, given before anything is looked up. */
export const requestResetAction = publicAction
  .inputSchema(posted(forgottenSchema))
  .stateAction(async ({ parsedInput }) => {
    const request = { ...parsedInput, network: networkOf(await headers()), locale: await getLocale() };
    afterAnswer('password reset', () => requestReset(request));
    return { kind: 'sent' as const };
  });

/** Sets a password by an invitation or a forgotten password's link, then leads to sign-in, from a browser known from now on. */
export const choosePasswordAction = publicAction
  .inputSchema(posted(choosePasswordSchema))
  .stateAction(async ({ parsedInput: { purpose, ...input } }) => {
    const outcome = await choosePassword(purpose, input);
    if (outcome.kind === 'refused') {
      returnValidationErrors(choosePasswordSchema, { password: { _errors: [outcome.code] } });
    }
    await keepDevice(await rememberDevice(await deviceOfBrowser(), outcome.email));
    redirect('/connexion?pret=1');
  });

/** Makes the promoter's first account by the link that the start printed, then leads to sign-in. */
export const createFirstAccountAction = publicAction
  .inputSchema(posted(firstAccountSchema))
  .stateAction(async ({ parsedInput }) => {
    const outcome = await createFirstAccount(parsedInput);
    if (outcome.kind === 'refused') {
      const faults = { _errors: [outcome.code] };
      const atEmail = outcome.code === 'email-taken';
      returnValidationErrors(firstAccountSchema, atEmail ? { email: faults } : { password: faults });
    }
    await keepDevice(await rememberDevice(await deviceOfBrowser(), parsedInput.email));
    redirect('/connexion?pret=1');
  });

/** Changes the person's own password; this browser stays signed in, the others do not. */
export const changePasswordAction = signedInAction
  .inputSchema(posted(changePasswordSchema))
  .stateAction(async ({ parsedInput, ctx: { session } }) => {
    const outcome = await changePassword(session.actor, parsedInput);
    switch (outcome.kind) {
      case 'slowed':
        return outcome;
      case 'refused': {
        const faults = { _errors: [outcome.code] };
        const atPresent = outcome.code === 'password-wrong';
        return returnValidationErrors(
          changePasswordSchema,
          atPresent ? { present: faults } : { password: faults },
        );
      }
      case 'done':
        await issueSession({ id: session.account.id, sessionVersion: outcome.sessionVersion });
        return { kind: 'done' as const };
    }
  });

/** Changes the name that the person is shown by. */
export const renameAction = signedInAction
  .inputSchema(posted(profileSchema))
  .stateAction(async ({ parsedInput, ctx: { session } }) => {
    await rename(session.actor, parsedInput);
    revalidatePath('/', 'layout');
    return { kind: 'done' as const };
  });

/** Lets a person of a cabinet into the stock of the staff's promoter, and tells them by mail. */
export const invitePartnerAction = staffAction
  .inputSchema(posted(invitePartnerSchema))
  .stateAction(async ({ parsedInput, ctx: { actor } }) => {
    const outcome = await invitePartner(actor, parsedInput, await getLocale());
    revalidatePath('/admin', 'layout');
    if (outcome.kind === 'done') return outcome;
    if (outcome.code === 'unknown-cabinet') returnServerError('unchanged');
    return returnValidationErrors(invitePartnerSchema, { email: { _errors: ['email-known'] } });
  });

/** What the staff do to a person of a cabinet, at their own promoter only. */
export const partnerAccessAction = staffAction
  .inputSchema(posted(partnerActSchema))
  .stateAction(async ({ parsedInput, ctx: { actor } }) => {
    const done = await changeAccess(actor, parsedInput, await getLocale());
    revalidatePath('/admin', 'layout');
    return done ? { kind: 'done' as const } : returnServerError('unchanged');
  });

/** What the operator does to an account. */
export const peopleAction = operatorAction
  .inputSchema(posted(peopleActSchema))
  .stateAction(async ({ parsedInput, ctx: { actor } }) => {
    const done = await actOn(actor, parsedInput);
    revalidatePath('/operateur/comptes');
    return done ? { kind: 'done' as const } : returnServerError('unchanged');
  });

async function actOn(
  actor: OperatorActor,
  { id, act }: { id: string; act: 'disable' | 'enable' | 'invite' | 'adviser' | 'manager' },
): Promise<boolean> {
  switch (act) {
    case 'disable':
    case 'enable':
      return setDisabled(actor, { id, disabled: act === 'disable' });
    case 'adviser':
    case 'manager':
      return changeRole(actor, { id, role: act });
    case 'invite':
      return (await inviteAccount(actor, { id, locale: await getLocale() })) !== null;
  }
}
