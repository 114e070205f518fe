import { and, eq, gte, inArray, or, sql } from 'drizzle-orm';
import { parisDay } from '@/lib/core/days';
import { newId, newReference } from '@/lib/core/ids';
import type { SystemActor } from '@/lib/core/scope';
import { lot, operation, reservation, webhookEvent } from '@/lib/db/schema/all';
import type { KobanFile } from '@/lib/db/schema/reservations';
import type { TenantTx } from '@/lib/db/tenancy';
import { acceptedOnLot } from '@/lib/denonciations/queries';
import { bareDay } from './match-validation';
import type { ReservationData, ReservationRow } from './settle-reservation';

/** A reservation that Koban tells of and the portal did not make. */
type Made = { lotExtcode: string; thirdGuid: string; file: KobanFile; at: Date };

/**
 * A reservation that the promoter's salesman made in Koban for a prospect of a partner's. It becomes that partner's only where one
 * accepted dénonciation of the prospect on the lot's programme says whose it is, and was accepted before: else it is nobody's here.
 * @returns its row, whose fields are still to be filled; `unclear` when its date or price is not told, or something else is known of the lot's
 * reservations since it was made: the lot's reading does not say whose it shows
 */
export async function recordMade(
  tx: TenantTx,
  actor: SystemActor,
  made: Made,
): Promise<ReservationRow | 'nobodys' | 'unclear'> {
  const { lotExtcode, at, file } = made;
  // One call at a time makes a reservation on a lot.
  const accepted = acceptedOnLot(tx, actor.promoter, { extcode: lotExtcode, third: made.thirdGuid });
  const [filed, ...others] = await accepted.for('update', { of: lot });
  if (!filed || others.length > 0) return 'nobodys';
  const told = new Date(typeof file.PreresaDate === 'string' ? file.PreresaDate : Number.NaN);
  const { PrixVente: priceCents } = file;
  if (Number.isNaN(told.getTime()) || typeof priceCents !== 'number') return 'unclear';
  const madeAt = told < at ? told : at;
  const day = bareDay(madeAt);
  const denouncedAt = filed.decidedAt ?? filed.filedAt;
  if (day ? parisDay(denouncedAt) > day : denouncedAt > madeAt) return 'nobodys';
  if (await isDisputed(tx, actor, lotExtcode, madeAt)) return 'unclear';
  const { cabinetId, accountId, programmeCode, prospectId, denonciationId } = filed;
  const whose = { promoterId: actor.promoter, cabinetId, accountId, programmeCode, lotExtcode };
  const data: ReservationData = { reservationId: newId(), thirdGuid: made.thirdGuid, partGuid: null };
  const [done] = await tx
    .insert(operation)
    .values({
      ...whose,
      kind: 'preresv',
      kobanAccount: filed.kobanAccount,
      formKey: newId(),
      requestHash: 'webhook',
      state: 'done',
      phase: 'preresv',
      data,
      settledAt: sql`clock_timestamp()`,
    })
    .returning({ id: operation.id });
  if (!done) throw new Error('An act was not written');
  const [row] = await tx
    .insert(reservation)
    .values({
      ...whose,
      id: data.reservationId,
      reference: newReference(),
      denonciationId,
      prospectId,
      operationId: done.id,
      state: 'preresv',
      proof: 'webhook',
      priceCents,
      // Koban may tell none: what is shown then is `toldDeposit`.
      depositCents: typeof file.Garantie === 'number' ? file.Garantie : 0,
      file: {},
      fileSent: true,
      createdAt: madeAt,
      preresvAt: madeAt,
    })
    .returning();
  if (!row) throw new Error('A reservation was not written');
  return row;
}

/** Whether another reservation may be what the lot bears now, or this one was withdrawn since: by its rows here, and by what Koban told. */
async function isDisputed(
  tx: TenantTx,
  actor: SystemActor,
  lotExtcode: string,
  madeAt: Date,
): Promise<boolean> {
  const [known] = await tx
    .select({ id: reservation.id })
    .from(reservation)
    .where(
      and(
        eq(reservation.promoterId, actor.promoter),
        eq(reservation.lotExtcode, lotExtcode),
        or(
          inArray(reservation.state, ['pending', 'preresv', 'validated', 'uncertain']),
          gte(reservation.withdrawnAt, madeAt),
        ),
      ),
    )
    .limit(1);
  if (known) return true;
  const [told] = await tx
    .select({ id: webhookEvent.id })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.promoterId, actor.promoter),
        eq(webhookEvent.lotExtcode, lotExtcode),
        eq(webhookEvent.event, 'reservation-withdrawn'),
        gte(webhookEvent.receivedAt, madeAt),
      ),
    )
    .limit(1);
  return told !== undefined;
}
