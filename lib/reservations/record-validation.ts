import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Cents } from '@/lib/core/money';
import type { SystemActor } from '@/lib/core/scope';
import { operation, reservation } from '@/lib/db/schema/all';
import type { KobanFile } from '@/lib/db/schema/reservations';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import type { OperationRow } from '@/lib/operations/definition';
import { whichReservation } from './match-validation';
import { isKnown, reservationsFor } from './queries';
import { endOptions, noteChange, type ReservationRow } from './settle-reservation';

/**
 * What a webhook about a reservation came to. `none`: no file of ours is meant, or it says nothing that still holds. `which-unknown`:
 * nothing tells which one is meant.
 */
export type Recorded = {
  kind: 'applied' | 'already' | 'unknown-lot' | 'unknown-third' | 'which-unknown' | 'none';
};

/**
 * Koban says that a file was validated: its fields fill the reservation of this buyer on this lot that is meant (`whichReservation`). The
 * buyer's guid proves a pre-reservation, or the sending of a file, whose result was unknown. `file`: as it came, prices and `…_cent` in cents.
 */
export async function recordValidation(
  actor: SystemActor,
  told: { lotExtcode: string; dealGuid: string | null; thirdGuid: string; file: KobanFile; at: Date },
): Promise<Recorded> {
  const on = { promoter: actor.promoter, lotExtcode: told.lotExtcode, thirdGuid: told.thirdGuid };
  return asTenant(actor.scope, async (tx) => {
    const rows = (await reservationsFor(tx, on)).map(({ reservation: row }) => row);
    if (rows.length === 0) return missing(await isKnown(tx, on));
    const row = whichReservation(rows, told);
    if (!row) return { kind: rows.every(({ state }) => state === 'withdrawn') ? 'none' : 'which-unknown' };
    // A withdrawal came first, late as this call is: the file is kept, and stays closed.
    if (row.state === 'withdrawn') {
      if (row.kobanFile === null) await write(tx, row, { kobanFile: told.file });
      return { kind: 'already' };
    }
    if (row.state === 'validated' && sameFile(row.kobanFile, told.file)) return { kind: 'already' };
    await write(tx, row, {
      state: 'validated',
      proof: row.state === 'preresv' || row.state === 'validated' ? row.proof : 'webhook',
      code: null,
      kobanMessage: null,
      kobanFile: told.file,
      fileSent: true,
      preresvAt: row.preresvAt ?? told.at,
      validatedAt: row.validatedAt ?? told.at,
      ...amounts(told.file),
    });
    await proveActs(tx, row.id, ['preresv', 'dossier'], told.at);
    await endOptions(tx, actor, row);
    await noteChange(tx, actor, {
      id: row.id,
      promoter: row.promoterId,
      cabinet: row.cabinetId,
      action: 'reservation.validated',
      facts: { lot: row.lotExtcode, code: null },
    });
    return { kind: 'applied' };
  });
}

function missing(known: { lot: boolean; third: boolean }): Recorded {
  if (!known.lot) return { kind: 'unknown-lot' };
  return { kind: known.third ? 'none' : 'unknown-third' };
}

const write = (
  tx: TenantTx,
  row: ReservationRow,
  change: Partial<typeof reservation.$inferInsert>,
): Promise<unknown> => tx.update(reservation).set(change).where(eq(reservation.id, row.id));

function sameFile(one: KobanFile | null, other: KobanFile): boolean {
  const text = (file: KobanFile) => JSON.stringify(Object.entries(file).sort(([a], [b]) => (a < b ? -1 : 1)));
  return one !== null && text(one) === text(other);
}

/** The promoter's amounts replace ours, where Koban gives them. */
function amounts(file: KobanFile): { priceCents?: Cents; depositCents?: Cents } {
  const { PrixVente: price, Garantie: deposit } = file;
  return {
    ...(typeof price === 'number' ? { priceCents: price } : {}),
    ...(typeof deposit === 'number' ? { depositCents: deposit } : {}),
  };
}

/**
 * Settles acts on a reservation whose result was unknown and is now proven. A process that reads one of them back at this moment
 * loses it (its fence has passed); one that is still being sent is left to whoever sends it, and finds the reservation moved.
 */
export async function proveActs(
  tx: TenantTx,
  reservationId: string,
  kinds: OperationRow['kind'][],
  at: Date,
): Promise<void> {
  await tx
    .update(operation)
    .set({
      state: 'done',
      code: null,
      kobanMessage: null,
      uncertainAt: null,
      nextCheckAt: null,
      leaseUntil: null,
      fence: sql`${operation.fence} + 1`,
      settledAt: at,
    })
    .where(
      and(
        eq(operation.state, 'uncertain'),
        inArray(operation.kind, kinds),
        sql`${operation.data}->>'reservationId' = ${reservationId}`,
      ),
    );
}
