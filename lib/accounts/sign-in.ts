import { and, eq } from 'drizzle-orm';
import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import { accountState } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { browserOf, knownDevice, nameDevice, rememberDevice } from '@/lib/auth/device';
import { verifyPassword } from '@/lib/auth/password';
import {
  forgiveTry,
  keepPlace,
  limitKey,
  networkLimit,
  personLimit,
  takePlace,
  takeTry,
} from '@/lib/auth/rate-limit';
import { type Clock, systemClock } from '@/lib/core/clock';
import { randomToken } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { partnerAccess } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
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
  /** Too many tries from here; nothing was compared. `device`: by it this browser keeps its place until then. */
  | { kind: 'slowed'; until: Date; device: string };

/**
 * Opens an account with its password. Tries are slowed by address and network together, and by network: whoever fails for
 * another never keeps them off another network, nor off a device that is known as theirs, nor for ever off a new one, which
 * keeps its place in the line. Refused tries are audited.
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
  const browser = (await browserOf(visit.device)) ?? randomToken(18);
  const place = shared ? { person: own, network: shared, browser } : null;
  const { until, account } = await asSystem(async (tx) => {
    const now = clock.now();
    const waited = place ? await takePlace(tx, place, now) : false;
    const blocked = await takeTry(tx, keys, now, waited);
    const account = await credentialsOf(tx, email);
    if (!blocked) return { until: null, account };
    const turn = place ? await keepPlace(tx, place, blocked, now) : { until: blocked, kept: false };
    // One entry for each that waits, not for each time it asks: a flood must not fill the audit.
    if (turn.kept) await writeRefusal(tx, 'session.slowed', account?.id ?? null, email);
    return { until: turn.until, account };
  });
  if (until) {
    log().info({ subject: account?.id ?? limitKey('address', email) }, 'sign-in slowed');
    return { kind: 'slowed', until, device: await nameDevice(visit.device, browser) };
  }
  const right = await verifyPassword(account?.passwordHash ?? null, password);
  const state = right && account && !account.disabledAt ? await accountState(account.id) : null;
  if (!account || !state) {
    await asSystem((tx) => writeRefusal(tx, 'session.refused', account?.id ?? null, email));
    return { kind: 'refused' };
  }
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

const visitor: Machine = { kind: 'system', name: 'visitor' };

/** Who was tried for: the account, or an address that nobody has, as a keyed hash. */
function writeRefusal(
  tx: SystemTx,
  action: 'session.refused' | 'session.slowed',
  account: string | null,
  email: string,
): Promise<void> {
  const subject = account
    ? { subjectType: 'account', subjectId: account }
    : { subjectType: 'address', subjectId: limitKey('address', email) };
  return writeAudit(tx, visitor, { action, ...subject });
}
