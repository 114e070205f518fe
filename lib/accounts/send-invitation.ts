import type { OperatorActor } from '@/lib/core/scope';
import type { Locale } from '@/lib/i18n/locale';
import { sendDueMail } from '@/lib/mail/send-due-mail';
import { inviteAccount } from './invite-account';

/** Invites an account and sends the message at once. @returns false when there is nobody to invite */
export async function sendInvitation(
  actor: OperatorActor,
  input: { id: string; locale: Locale },
): Promise<boolean> {
  if (!(await inviteAccount(actor, input))) return false;
  await sendDueMail();
  return true;
}
