import { and, eq, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { forgetAccount } from '@/lib/auth/account-state';
import type { SignedInActor } from '@/lib/auth/actor';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { forgiveTry, limitKey, personLimit, takeTry } from '@/lib/auth/rate-limit';
import { type Clock, systemClock } from '@/lib/core/clock';
import { account } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { isGuessable } from './rules';

export type ChangePasswordOutcome =
  | { kind: 'done'; sessionVersion: number }
  | { kind: 'refused'; code: 'password-wrong' | 'password-guessable' }
  | { kind: 'slowed'; until: Date };

/** Changes the person's own password. Every session of theirs ends; the caller gives the present one a new cookie. */
export async function changePassword(
  actor: SignedInActor,
  { present, password }: { present: string; password: string },
  clock: Clock = systemClock,
): Promise<ChangePasswordOutcome> {
  const own = limitKey('present', actor.account);
  const { until, row } = await asSystem(async (tx) => {
    const [row] = await tx
      .select({ email: account.email, name: account.name, passwordHash: account.passwordHash })
      .from(account)
      .where(eq(account.id, actor.account));
    return { until: await takeTry(tx, [{ key: own, limit: personLimit }], clock.now()), row };
  });
  if (until) return { kind: 'slowed', until };
  const hash = row?.passwordHash ?? null;
  if (!row || !hash || !(await verifyPassword(hash, present)))
    return { kind: 'refused', code: 'password-wrong' };
  if (isGuessable(password, [row.email, row.name])) return { kind: 'refused', code: 'password-guessable' };
  const passwordHash = await hashPassword(password);
  const changed = await asSystem(async (tx) => {
    const [changed] = await tx
      .update(account)
      .set({ passwordHash, sessionVersion: sql`${account.sessionVersion} + 1` })
      .where(and(eq(account.id, actor.account), eq(account.passwordHash, hash)))
      .returning({ sessionVersion: account.sessionVersion });
    if (!changed) return null;
    await forgiveTry(tx, own, null);
    await writeAudit(tx, actor, {
      action: 'password.changed',
      subjectType: 'account',
      subjectId: actor.account,
    });
    return changed;
  });
  forgetAccount(actor.account);
  return changed ? { kind: 'done', ...changed } : { kind: 'refused', code: 'password-wrong' };
}
