import { writeAudit } from '@/lib/audit/write-audit';
import { accountState, forgetAccount } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { absoluteSeconds } from '@/lib/auth/cookies';
import { endedSession } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

/** Ends one session for good: a copy of its cookie is refused everywhere within two seconds. Other sessions go on. */
export async function signOut({ sid, sub }: { sid: string; sub: string }): Promise<void> {
  const state = await accountState(sub);
  if (!state) return;
  await asSystem(async (tx) => {
    const expiresAt = new Date(Date.now() + absoluteSeconds * 1000);
    const ended = await tx
      .insert(endedSession)
      .values({ id: sid, accountId: sub, expiresAt })
      .onConflictDoNothing()
      .returning();
    if (ended.length === 0) return;
    await writeAudit(tx, actorOf(state), {
      action: 'session.closed',
      subjectType: 'account',
      subjectId: sub,
    });
  });
  forgetAccount(sub);
}
