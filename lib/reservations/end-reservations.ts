import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { operation, reservation } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { getLotStatus } from '@/lib/koban/options';
import { kobanFor } from '@/lib/promoters/queries';
import { reservationsFor } from './queries';
import { keepReading, readLot } from './read-lot';
import { proveActs } from './record-validation';
import { judgeDesistReading } from './rules';
import { noteChange, type ReservationRow } from './settle-reservation';

/** Koban's own writing may take as long: a reading made this soon after a pre-reservation does not show it yet. */
const YOUNG_MS = 2_000;

/**
 * The reservations to end, as they stood before Koban was asked, and what makes one believe that they ended: its webhook, or its
 * readings alone, which do not say by whom.
 */
export type Ending = {
  lotExtcode: string;
  ids: readonly string[];
  proof: 'webhook' | 'reading';
  at: Date;
};

/**
 * Reads a lot and ends these reservations on it when Koban holds none there any more. `standing`: Koban still shows one, or says
 * nothing to rely on; `act-under-way`: one is too young for this reading, or an act on it is on its way; `unread`: no answer;
 * `unreadable`: an answer that cannot be understood, which says nothing of any other lot.
 */
export async function endReservations(
  actor: SystemActor,
  { lotExtcode, ids, proof, at }: Ending,
): Promise<'ended' | 'standing' | 'act-under-way' | 'unread' | 'unreadable'> {
  const askedAt = new Date();
  const outcome = await getLotStatus(await kobanFor(actor.promoter), lotExtcode);
  if (outcome.kind !== 'done') return outcome.kind === 'malformed' ? 'unreadable' : 'unread';
  const { value, at: seenAt } = outcome;
  return asTenant(actor.scope, async (tx) => {
    await keepReading(tx, { promoterId: actor.promoter, extcode: lotExtcode }, value, seenAt);
    if (judgeDesistReading(readLot(value), 0) !== 'withdrawn') return 'standing';
    const rows = (await reservationsFor(tx, { promoter: actor.promoter, lotExtcode }))
      .map(({ reservation: row }) => row)
      .filter((row) => ids.includes(row.id) && isHeld(row));
    const inHand = await actsInHand(tx, actor, lotExtcode, proof);
    const over = rows.filter(({ id, preresvAt }) => {
      const young = preresvAt !== null && preresvAt.getTime() > askedAt.getTime() - YOUNG_MS;
      return !young && !inHand.has(id);
    });
    const code = proof === 'reading' ? 'reservation-ended-unproven' : null;
    for (const row of over) {
      await tx
        .update(reservation)
        .set({ state: 'withdrawn', proof, code, kobanMessage: null, withdrawnAt: at })
        .where(eq(reservation.id, row.id));
      await proveActs(tx, row.id, ['desistement'], at);
      await noteChange(tx, actor, {
        id: row.id,
        promoter: row.promoterId,
        cabinet: row.cabinetId,
        action: 'reservation.withdrawn',
        facts: { lot: row.lotExtcode, code },
      });
    }
    return over.length < rows.length ? 'act-under-way' : 'ended';
  });
}

/** Whether Koban holds a reservation, as far as is known here. */
export const isHeld = ({ state }: Pick<ReservationRow, 'state'>): boolean =>
  state === 'preresv' || state === 'validated';

/**
 * Reservations on a lot with an act on its way that says what became of them: a complete file opens one anew where there is none,
 * and the partner's own withdrawal tells by whom one ended, as a webhook does.
 */
async function actsInHand(
  tx: TenantTx,
  actor: SystemActor,
  lotExtcode: string,
  proof: Ending['proof'],
): Promise<Set<string>> {
  const rows = await tx
    .select({ id: sql<string>`${operation.data} ->> 'reservationId'` })
    .from(operation)
    .where(
      and(
        eq(operation.promoterId, actor.promoter),
        eq(operation.lotExtcode, lotExtcode),
        inArray(operation.kind, proof === 'webhook' ? ['dossier'] : ['dossier', 'desistement']),
        eq(operation.state, 'open'),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
