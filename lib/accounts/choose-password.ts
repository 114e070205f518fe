import { and, eq, isNull, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { accountState, forgetAccount } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { hashPassword } from '@/lib/auth/password';
import { type Clock, systemClock } from '@/lib/core/clock';
import { account, accountLink } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { usableLink } from './queries';
import { isGuessable } from './rules';

export type ChooseOutcome =
  | { kind: 'done'; email: string }
  /** Unknown, used, expired, or its account disabled: one answer. */
  | { kind: 'refused'; code: 'link-invalid' | 'password-guessable' };

/**
 * Sets a password by a one-time link (invitation or forgotten password). Every session and every other link of the account
 * ends.
 */
export async function choosePassword(
  purpose: 'invitation' | 'reset',
  { secret, password }: { secret: string; password: string },
  clock: Clock = systemClock,
): Promise<ChooseOutcome> {
  const link = await asSystem((tx) => usableLink(tx, purpose, secret, clock.now()));
  if (!link?.accountId) return { kind: 'refused', code: 'link-invalid' };
  const { accountId, email, name } = link;
  if (isGuessable(password, [email ?? '', name ?? '']))
    return { kind: 'refused', code: 'password-guessable' };
  const passwordHash = await hashPassword(password);
  const state = await accountState(accountId);
  const done = await asSystem(async (tx) => {
    const used = await tx
      .update(accountLink)
      .set({ usedAt: clock.now() })
      .where(and(eq(accountLink.id, link.id), isNull(accountLink.usedAt)))
      .returning();
    if (used.length === 0 || !state) return false;
    await tx
      .update(account)
      .set({ passwordHash, sessionVersion: sql`${account.sessionVersion} + 1` })
      .where(eq(account.id, accountId));
    await tx
      .update(accountLink)
      .set({ usedAt: clock.now() })
      .where(and(eq(accountLink.accountId, accountId), isNull(accountLink.usedAt)));
    await writeAudit(tx, actorOf(state), {
      action: purpose === 'invitation' ? 'invitation.accepted' : 'password.reset',
      subjectType: 'account',
      subjectId: accountId,
    });
    return true;
  });
  forgetAccount(accountId);
  return done && email !== null ? { kind: 'done', email } : { kind: 'refused', code: 'link-invalid' };
}
