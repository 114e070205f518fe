import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '@/lib/audit/write-audit';
import { parisDay } from '@/lib/core/days';
import { announce } from '@/lib/db/announce';
import { option, reservation } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { type CompleteFile, fileFormSchema, readFile } from '@/lib/dossiers/schema';
import type { Act, Facts, OperationRow, Rest, Runner } from '@/lib/operations/definition';
import { judgementFacts } from '@/lib/operations/judge';
import type { ReservationState } from './schema';

/** What the phases of an act on a reservation tell one another. */
export const dataSchema = z.object({
  reservationId: z.uuid(),
  /** The buyer's guid in Koban, and the cabinet's own when the promoter has given one. */
  thirdGuid: z.string(),
  partGuid: z.string().nullable(),
});
export type ReservationData = z.infer<typeof dataSchema>;

export type ReservationRow = typeof reservation.$inferSelect;
export type ReservationAct = Act<ReservationRow, ReservationData>;

/** The reservation of an act, as it stands now: a webhook may have moved it since the act began. */
export async function loadReservation(tx: TenantTx, { data }: OperationRow): Promise<ReservationRow> {
  const [row] = await tx
    .select()
    .from(reservation)
    .where(eq(reservation.id, dataSchema.parse(data).reservationId));
  if (!row) throw new Error('The reservation of an act was not found');
  return row;
}

/** The day of a reservation, in Paris: the law that holds for it is that of this day. */
export const signedOn = (row: Pick<ReservationRow, 'preresvAt' | 'createdAt'>) =>
  parisDay(row.preresvAt ?? row.createdAt);

/** The complete file of a reservation that sends it. @throws when it does not hold: it was checked before the act began. */
export function fileToSend(row: ReservationRow): CompleteFile {
  const file = readFile(fileFormSchema.parse(row.file), signedOn(row));
  if (!file) throw new Error('An incomplete file was about to be sent');
  return file;
}

const stateOf: Record<Rest['to'], ReservationState> = {
  done: 'preresv',
  refused: 'refused',
  unsent: 'unsent',
  uncertain: 'uncertain',
  abandoned: 'abandoned',
};

const found = (rest: Rest) => ({
  code: rest.to === 'done' ? null : rest.code,
  kobanMessage: rest.to === 'refused' ? (rest.kobanMessage ?? null) : null,
});

/** Writes where a pre-reservation came to rest. A webhook that came first has said more: nothing is taken back. */
export async function settlePreresv(
  tx: TenantTx,
  runner: Runner,
  act: ReservationAct,
  rest: Rest,
): Promise<void> {
  const state = stateOf[rest.to];
  const [moved] = await tx
    .update(reservation)
    .set({
      state,
      proof: rest.to === 'done' ? rest.proof : null,
      ...found(rest),
      ...(rest.to === 'done' ? { preresvAt: act.operation.uncertainAt ?? act.now() } : {}),
    })
    .where(
      and(
        eq(reservation.id, act.data.reservationId),
        inArray(reservation.state, ['pending', 'uncertain', 'abandoned']),
      ),
    )
    .returning();
  if (!moved) return;
  if (rest.to === 'done') await endOptions(tx, runner, moved);
  await tell(tx, runner, act, `reservation.${state}`, rest);
}

/** Writes what became of a complete file. One that may have arrived stays closed; one that did not may be sent again. */
export async function settleDossier(
  tx: TenantTx,
  runner: Runner,
  act: ReservationAct,
  rest: Rest,
): Promise<void> {
  const arrived = rest.to === 'done';
  const closed = arrived || rest.to === 'uncertain';
  const { reservationId } = act.data;
  await tx
    .update(reservation)
    .set({ fileSent: sql`${closed} or ${reservation.state} = 'validated'`, ...found(rest) })
    .where(eq(reservation.id, reservationId));
  if (arrived) {
    const { price: priceCents, deposit: depositCents } = fileToSend(act.subject).price;
    // Koban's own file, once it is validated, has the last word on the amounts.
    await tx
      .update(reservation)
      .set({ priceCents, depositCents })
      .where(and(eq(reservation.id, reservationId), eq(reservation.state, 'preresv')));
  }
  await tell(tx, runner, act, `reservation.dossier-${arrived ? 'sent' : rest.to}`, rest);
}

/** Writes what became of a withdrawal; one that Koban did not accept leaves the reservation as it was. */
export async function settleWithdrawal(
  tx: TenantTx,
  runner: Runner,
  act: ReservationAct,
  rest: Rest,
): Promise<void> {
  const done = rest.to === 'done';
  const [moved] = await tx
    .update(reservation)
    .set({
      ...found(rest),
      ...(done ? { state: 'withdrawn' as const, proof: rest.proof, withdrawnAt: act.now() } : {}),
    })
    .where(
      and(eq(reservation.id, act.data.reservationId), inArray(reservation.state, ['preresv', 'validated'])),
    )
    .returning({ id: reservation.id });
  if (!moved) return;
  await tell(tx, runner, act, done ? 'reservation.withdrawn' : `reservation.withdrawal-${rest.to}`, rest);
}

async function tell(tx: TenantTx, runner: Runner, act: ReservationAct, action: string, rest: Rest) {
  const { ref, operation } = act;
  await noteChange(tx, runner, {
    id: act.data.reservationId,
    promoter: ref.promoter,
    cabinet: ref.cabinet,
    action,
    facts: {
      lot: operation.lotExtcode,
      code: rest.to === 'done' ? null : rest.code,
      proof: rest.to === 'done' ? rest.proof : null,
      ...judgementFacts(runner, operation),
    },
  });
}

/** The audit entry of a change of a reservation, and its announcement to every process. */
export async function noteChange(
  tx: TenantTx,
  runner: Runner,
  change: {
    id: string;
    promoter: string;
    cabinet: string;
    action: string;
    facts: Facts;
  },
): Promise<void> {
  const { id, promoter, cabinet, action, facts } = change;
  await writeAudit(tx, runner, {
    action,
    subjectType: 'reservation',
    subjectId: id,
    promoter,
    cabinet,
    facts,
  });
  await announce(tx, { kind: 'act', promoter, cabinet, act: 'reservation', id });
}

/** The prospect's options on the lot became this reservation: Koban ends them with it. */
export async function endOptions(tx: TenantTx, runner: Runner, row: ReservationRow): Promise<void> {
  const used = await tx
    .update(option)
    .set({ state: 'used', endedAt: new Date(), endedBy: 'partner' })
    .where(
      and(
        eq(option.promoterId, row.promoterId),
        eq(option.cabinetId, row.cabinetId),
        eq(option.lotExtcode, row.lotExtcode),
        eq(option.prospectId, row.prospectId),
        eq(option.state, 'placed'),
      ),
    )
    .returning({ id: option.id, rank: option.rank });
  for (const { id, rank } of used) {
    await writeAudit(tx, runner, {
      action: 'option.used',
      subjectType: 'option',
      subjectId: id,
      promoter: row.promoterId,
      cabinet: row.cabinetId,
      facts: { lot: row.lotExtcode, rank },
    });
    await announce(tx, {
      kind: 'act',
      promoter: row.promoterId,
      cabinet: row.cabinetId,
      act: 'option',
      id,
    });
  }
}
