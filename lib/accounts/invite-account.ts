import { and, eq, isNull } from 'drizzle-orm';
import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import { type Clock, systemClock } from '@/lib/core/clock';
import type { OperatorActor } from '@/lib/core/scope';
import { account } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { Locale } from '@/lib/i18n/locale';
import { queueMail } from '@/lib/mail/queue-mail';
import { composeAccountMail } from './compose-account-mail';
import { issueLink } from './issue-link';

/**
 * Sends an account that has no password yet a link to choose one; earlier invitations end, unless they are to live on.
 * @returns the link, or null when the account has a password, is disabled or does not exist
 */
export async function inviteAccount(
  actor: OperatorActor | Machine,
  { id, locale, earlier }: { id: string; locale: Locale; earlier?: 'live-on' },
  clock: Clock = systemClock,
): Promise<string | null> {
  return asSystem(async (tx) => {
    const [person] = await tx
      .select({ email: account.email, name: account.name })
      .from(account)
      .where(and(eq(account.id, id), isNull(account.passwordHash), isNull(account.disabledAt)));
    if (!person) return null;
    const href = await issueLink(tx, 'invitation', { accountId: id }, clock.now(), earlier);
    await queueMail(
      tx,
      person.email,
      await composeAccountMail('invitation', { locale, name: person.name, href }),
    );
    await writeAudit(tx, actor, { action: 'account.invited', subjectType: 'account', subjectId: id });
    return href;
  });
}
