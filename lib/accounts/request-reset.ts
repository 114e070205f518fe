import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import { limitKey, mailLimit, networkLimit, takeTry } from '@/lib/auth/rate-limit';
import { type Clock, systemClock } from '@/lib/core/clock';
import { asSystem } from '@/lib/db/tenancy';
import type { Locale } from '@/lib/i18n/locale';
import { queueMail } from '@/lib/mail/queue-mail';
import { composeAccountMail } from './compose-account-mail';
import { issueLink } from './issue-link';
import { accountByEmail } from './queries';

const visitor: Machine = { kind: 'system', name: 'visitor' };

/**
 * Sends whoever owns this address a link that sets a new password. Says nothing of whether anyone does: the caller answers
 * before this ends. Asked for too often, it sends nothing more, and what was sent stays good.
 * @param email as `normaliseEmail` writes it
 */
export async function requestReset(
  { email, network, locale }: { email: string; network: string; locale: Locale },
  clock: Clock = systemClock,
): Promise<void> {
  const keys = [
    { key: limitKey('mail', email), limit: mailLimit },
    { key: limitKey('mail-network', network), limit: networkLimit },
  ];
  await asSystem(async (tx) => {
    if (await takeTry(tx, keys, clock.now())) return;
    const person = await accountByEmail(tx, email);
    if (!person) return;
    const href = await issueLink(tx, 'reset', { accountId: person.id }, clock.now());
    await queueMail(tx, email, await composeAccountMail('reset', { locale, name: person.name, href }));
    await writeAudit(tx, visitor, {
      action: 'password.reset-asked',
      subjectType: 'account',
      subjectId: person.id,
    });
  });
}
