import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Cents } from '@/lib/core/money';
import type { SystemActor } from '@/lib/core/scope';
import { operation, reservation } from '@/lib/db/schema/all';
import type { KobanFile } from '@/lib/db/schema/reservations';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { getLotStatus } from '@/lib/koban/options';
import type { OperationRow } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { whichReservation } from './match-validation';
import { isKnown, reservationsFor } from './queries';
import { keepReading, readLot } from './read-lot';
import { recordMade } from './record-made';
import { mayBeValidated } from './rules';
import { endOptions, noteChange, type ReservationRow } from './settle-reservation';

/**
 * What a webhook about a reservation came to. `none`: no file of ours is meant, or it says nothing that still holds. `which-unknown`:
 * nothing tells which one is meant. `contradicted`: Koban, read, says otherwise; `explained` when the call may be about an earlier
 * one, that ended; `unborne` when none was known here to contradict. `act-under-way`, `unread`: the call is worth working again later.
 */
export type Recorded =
  | { kind: 'applied' | 'already' | 'unknown-lot' | 'unknown-third' | 'which-unknown' | 'none' }
  | { kind: 'contradicted'; explained: boolean }
  | { kind: 'unborne' | 'act-under-way' | 'unread' };

type Told = {
  lotExtcode: string;
  thirdGuid: string;
  file: KobanFile;
  at: Date;
  /** The very same call was applied before: it is no news of a file that is validated already. */
  repeated?: boolean;
};

/**
 * Koban says that a file was validated: its fields fill the reservation of this buyer on this lot that is meant (`whichReservation`),
 * or one made for it (`recordMade`), unless the lot, read first, bears no reservation. The buyer's guid proves a pre-reservation, or
 * the sending of a file, whose result was unknown. `file`: as it came, prices and `…_cent` in cents.
 */
export async function recordValidation(actor: SystemActor, told: Told): Promise<Recorded> {
  const before = await asTenant(actor.scope, (tx) => find(tx, actor, told));
  if ('kind' in before) return before;
  const outcome = await getLotStatus(await kobanFor(actor.promoter), told.lotExtcode);
  if (outcome.kind !== 'done') return { kind: 'unread' };
  const { value, at: seenAt } = outcome;
  return asTenant(actor.scope, async (tx) => {
    await keepReading(tx, { promoterId: actor.promoter, extcode: told.lotExtcode }, value, seenAt);
    const now = await find(tx, actor, told);
    if ('kind' in now) return now;
    // Another reservation was made since: what was read was not about that one.
    if (now.row?.id !== before.row?.id) return { kind: 'act-under-way' };
    if (!mayBeValidated(readLot(value)))
      return now.row ? { kind: 'contradicted', explained: false } : { kind: 'unborne' };
    const row = now.row ?? (await recordMade(tx, actor, told));
    if (row === 'nobodys') return { kind: 'none' };
    if (row === 'unclear') return { kind: 'which-unknown' };
    await fill(tx, actor, row, told, now.row ? null : 'by-promoter');
    return { kind: 'applied' };
  });
}

/**
 * The reservation that a call is to fill: null where none is known of, or each of them ended before; what the call comes to where
 * there is nothing to fill, without asking Koban.
 */
async function find(
  tx: TenantTx,
  actor: SystemActor,
  told: Told,
): Promise<{ row: ReservationRow | null } | Recorded> {
  const on = { promoter: actor.promoter, lotExtcode: told.lotExtcode, thirdGuid: told.thirdGuid };
  const rows = (await reservationsFor(tx, on)).map(({ reservation: row }) => row);
  if (rows.length === 0) return missing(await isKnown(tx, on));
  const row = whichReservation(rows, told);
  if (!row) return rows.every(({ state }) => state === 'withdrawn') ? { row } : { kind: 'which-unknown' };
  // A withdrawal came first, late as this call is: the file is kept, and stays closed.
  if (row.state === 'withdrawn') {
    if (row.kobanFile === null) await write(tx, row, { kobanFile: told.file });
    return { kind: 'already' };
  }
  const known = row.state === 'validated' && (told.repeated || sameFile(row.kobanFile, told.file));
  return known ? { kind: 'already' } : { row };
}

async function fill(
  tx: TenantTx,
  actor: SystemActor,
  row: ReservationRow,
  told: Told,
  code: 'by-promoter' | null,
): Promise<void> {
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
    facts: { lot: row.lotExtcode, code },
  });
}

function missing(known: { lot: boolean; third: boolean }): { row: null } | Recorded {
  if (!known.lot) return { kind: 'unknown-lot' };
  return known.third ? { row: null } : { kind: 'unknown-third' };
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
