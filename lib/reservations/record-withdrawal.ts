import type { SystemActor } from '@/lib/core/scope';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { endReservations, isHeld } from './end-reservations';
import { isKnown, reservationsFor } from './queries';
import type { Recorded } from './record-validation';

type Told = { lotExtcode: string; at: Date };

/**
 * Koban says that the reservation on a lot was withdrawn. It names no buyer, and may be told late or twice: only what was held before
 * the lot is read can have ended by it, and only once that reading shows no reservation.
 */
export async function recordWithdrawal(actor: SystemActor, told: Told): Promise<Recorded> {
  const found = await asTenant(actor.scope, (tx) => find(tx, actor, told));
  if ('kind' in found) return found;
  const { lotExtcode, at } = told;
  const came = await endReservations(actor, { lotExtcode, ids: found.held, proof: 'webhook', at });
  switch (came) {
    case 'ended':
      return { kind: 'applied' };
    case 'standing':
      return { kind: 'contradicted', explained: found.explained };
    case 'act-under-way':
      return { kind: 'act-under-way' };
    case 'unread':
    case 'unreadable':
      return { kind: 'unread' };
  }
}

/** The reservations that a call may be about; what it comes to where there is none, without asking Koban. */
async function find(
  tx: TenantTx,
  actor: SystemActor,
  { lotExtcode, at }: Told,
): Promise<{ held: string[]; explained: boolean } | Recorded> {
  const on = { promoter: actor.promoter, lotExtcode };
  const rows = (await reservationsFor(tx, on)).map(({ reservation }) => reservation);
  const explained = rows.some(({ state }) => state === 'withdrawn');
  // What was made since it came cannot be what it is about.
  const before = rows.filter(({ createdAt }) => createdAt <= at);
  const held = before.filter(isHeld).map(({ id }) => id);
  if (held.length > 0) return { held, explained };
  if (before.some(({ state }) => state === 'pending')) return { kind: 'act-under-way' };
  if (explained) return { kind: 'already' };
  return { kind: (await isKnown(tx, on)).lot ? 'none' : 'unknown-lot' };
}
