import { eq } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { reservation } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { getLotStatus } from '@/lib/koban/options';
import { kobanFor } from '@/lib/promoters/queries';
import { isKnown, reservationsFor } from './queries';
import { keepReading, readLot } from './read-lot';
import { proveActs, type Recorded } from './record-validation';
import { judgeDesistReading } from './rules';
import { noteChange } from './settle-reservation';

/**
 * Koban says that the reservation on a lot was withdrawn. It names no buyer, and may be told late or twice: the lot is read first,
 * and one that is still reserved (another buyer's by now, perhaps) changes nothing: `none`.
 * `unread`: Koban did not answer that reading, and the call is worth working again later.
 */
export async function recordWithdrawal(
  actor: SystemActor,
  told: { lotExtcode: string; dealGuid: string | null; at: Date },
): Promise<Recorded | { kind: 'unread' }> {
  const on = { promoter: actor.promoter, lotExtcode: told.lotExtcode };
  const outcome = await getLotStatus(await kobanFor(actor.promoter), told.lotExtcode);
  if (outcome.kind !== 'done') return { kind: 'unread' };
  const { value, at: seenAt } = outcome;
  return asTenant(actor.scope, async (tx) => {
    await keepReading(tx, { promoterId: actor.promoter, extcode: told.lotExtcode }, value, seenAt);
    const found = await reservationsFor(tx, on);
    const held = found.find(({ reservation: { state } }) => state === 'preresv' || state === 'validated');
    if (!held) {
      if (found.some(({ reservation: { state } }) => state === 'withdrawn')) return { kind: 'already' };
      return { kind: (await isKnown(tx, on)).lot ? 'none' : 'unknown-lot' };
    }
    if (judgeDesistReading(readLot(value), 0) !== 'withdrawn') return { kind: 'none' };
    const { reservation: row } = held;
    await tx
      .update(reservation)
      .set({
        state: 'withdrawn',
        proof: 'webhook',
        code: null,
        kobanMessage: null,
        withdrawnAt: told.at,
      })
      .where(eq(reservation.id, row.id));
    await proveActs(tx, row.id, ['desistement'], told.at);
    await noteChange(tx, actor, {
      id: row.id,
      promoter: row.promoterId,
      cabinet: row.cabinetId,
      action: 'reservation.withdrawn',
      facts: { lot: row.lotExtcode, code: null },
    });
    return { kind: 'applied' };
  });
}
