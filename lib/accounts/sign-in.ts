import { and, eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { accountState } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { knownDevice, rememberDevice } from '@/lib/auth/device';
import { verifyPassword } from '@/lib/auth/password';
import { forgiveTry, limitKey, networkLimit, personLimit, takeTry } from '@/lib/auth/rate-limit';
import { type Clock, systemClock } from '@/lib/core/clock';
import { partnerAccess } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { credentialsOf } from './queries';

/** Where a try comes from: the visitor's network, and the device cookie it carries. */
export type Visit = { network: string; device: string | null };

export type SignInOutcome =
  | {
      kind: 'done';
      account: { id: string; sessionVersion: number };
      home: 'partner' | 'staff' | 'operator';
      device: string;
    }
  /** Wrong address, wrong password, disabled account, no password yet: one answer, after the same work. */
  | { kind: 'refused' }
  /** Too many tries from here; nothing was compared. */
  | { kind: 'slowed'; until: Date };

/**
 * Opens an account with its password. Tries are slowed by address and network together, and by network: whoever fails for
 * another never keeps them out of their own network, nor off a device from which they have signed in before.
 * @param email as `normaliseEmail` writes it
 */
export async function signIn(
  { email, password }: { email: string; password: string },
  visit: Visit,
  clock: Clock = systemClock,
): Promise<SignInOutcome> {
  const device = await knownDevice(visit.device, email);
  const own = device ? limitKey('device', device, email) : limitKey('pair', email, visit.network);
  const shared = device ? null : limitKey('network', visit.network);
  const keys = [{ key: own, limit: personLimit }, ...(shared ? [{ key: shared, limit: networkLimit }] : [])];
  const { until, account } = await asSystem(async (tx) => ({
    until: await takeTry(tx, keys, clock.now()),
    account: await credentialsOf(tx, email),
  }));
  if (until) return { kind: 'slowed', until };
  const right = await verifyPassword(account?.passwordHash ?? null, password);
  const state = right && account && !account.disabledAt ? await accountState(account.id) : null;
  if (!account || !state) return { kind: 'refused' };
  const actor = actorOf(state);
  await asSystem(async (tx) => {
    await forgiveTry(tx, own, shared);
    // Whoever invited them learns that they have come.
    await tx
      .update(partnerAccess)
      .set({ state: 'open' })
      .where(and(eq(partnerAccess.accountId, account.id), eq(partnerAccess.state, 'invited')));
    await writeAudit(tx, actor, { action: 'session.opened', subjectType: 'account', subjectId: account.id });
  });
  const { id, sessionVersion } = account;
  return {
    kind: 'done',
    account: { id, sessionVersion },
    home: actor.kind,
    device: await rememberDevice(visit.device, email),
  };
}
