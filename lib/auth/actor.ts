import {
  asAccountId,
  asCabinetId,
  asPromoterId,
  mintOperator,
  mintPartner,
  mintScope,
  mintStaff,
} from '@/lib/core/mint';
import type { OperatorActor, PartnerActor, StaffActor } from '@/lib/core/scope';
import { type AccountState, accountState } from './account-state';
import { decodeSession, type SessionClaims } from './token';

/** Whoever signed in with a password. */
export type SignedInActor = PartnerActor | StaffActor | OperatorActor;

/** The kinds of person, and the right of each. */
export type ActorOf<Kind extends SignedInActor['kind']> = Extract<SignedInActor, { kind: Kind }>;

export function isKind<Kind extends SignedInActor['kind']>(
  actor: SignedInActor,
  kind: Kind,
): actor is ActorOf<Kind> {
  return actor.kind === kind;
}

export type SignedIn = {
  readonly actor: SignedInActor;
  readonly session: SessionClaims;
  readonly account: AccountState;
};

/**
 * Who a session cookie stands for now: the account is read again (two seconds of memory), so that a disabled account, a
 * changed role or password, or a sign-out ends the session.
 */
export async function signedIn(cookie: string | null | undefined): Promise<SignedIn | null> {
  const session = cookie ? await decodeSession(cookie) : null;
  if (!session) return null;
  const account = await accountState(session.sub);
  if (!account || account.disabled || account.sessionVersion !== session.sessionVersion) return null;
  if (account.endedSessions.has(session.sid)) return null;
  return { actor: actorOf(account), session, account };
}

/** The right that an account carries. @throws when a row contradicts the table's own check. */
export function actorOf(account: AccountState): SignedInActor {
  const { name, role } = account;
  const id = asAccountId(account.id);
  switch (role) {
    case 'adviser':
    case 'manager': {
      const cabinet = asCabinetId(belonging(account.cabinetId));
      const promoters = account.conventions.map((convention) => convention.promoterId);
      return mintPartner({ account: id, name, cabinet, role, scope: mintScope(promoters, cabinet) });
    }
    case 'staff':
      return mintStaff({ account: id, name, promoter: asPromoterId(belonging(account.promoterId)) });
    case 'operator':
      return mintOperator({ account: id, name });
  }
}

function belonging(id: string | null): string {
  if (!id) throw new Error('An account belongs to nothing that its role needs.');
  return id;
}
