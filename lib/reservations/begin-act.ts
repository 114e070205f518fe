import { eq } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { reservation } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { beginOperation, earlierSubmission, requestHash } from '@/lib/operations/begin';
import type { OperationRef } from '@/lib/operations/definition';
import { intendFirst, runBegun } from '@/lib/operations/run';
import type { ReservationSaga } from './add-preresv';
import { type Reserved, refused, sameAct } from './place-preresv';
import { type OpenReservation, openReservation } from './queries';
import { noteChange, type ReservationData, type ReservationRow } from './settle-reservation';

/** An act on a reservation that exists: what may refuse it, what it writes as it begins, and how it goes on. */
export type ActOnReservation = {
  kind: 'dossier' | 'desistement';
  phase: string;
  /** The audit's word for its beginning. */
  action: string;
  saga: ReservationSaga;
  /** A refusal's code, or what the reservation's row becomes as the act begins. */
  check(open: OpenReservation): string | Partial<typeof reservation.$inferInsert>;
};

/**
 * Begins an act on a reservation and waits for Koban's answer. Rights, state and the lot's other acts are checked in the transaction
 * that keeps the intention; the same form sent twice is one act.
 */
export async function actOnReservation(
  actor: PartnerActor,
  input: { formKey: string; id: string },
  act: ActOnReservation,
): Promise<Reserved> {
  const begun = await asTenant(actor.scope, (tx) => begin(tx, actor, input, act));
  switch (begun.kind) {
    case 'refused':
      return refused(begun.code);
    case 'same':
      return { reserving: { kind: 'begun', id: begun.id }, touched: null };
    case 'begun': {
      const left = await runBegun(actor, begun.held, act.saga);
      const answered = left?.state === 'done' || left?.state === 'refused';
      const touched = answered ? { ref: begun.ref, extcode: begun.extcode } : null;
      return { reserving: { kind: 'begun', id: input.id }, touched };
    }
  }
}

async function begin(
  tx: TenantTx,
  actor: PartnerActor,
  input: { formKey: string; id: string },
  act: ActOnReservation,
) {
  const form = { formKey: input.formKey, requestHash: requestHash(input) };
  const open = await openReservation(tx, actor, input.id, true);
  const earlier = await earlierSubmission(tx, actor, form);
  if (earlier === 'form-reused') return { kind: 'refused' as const, code: 'form-reused' };
  const [before] = earlier;
  if (before) return sameAct(tx, before.id);
  if (!open) return { kind: 'refused' as const, code: 'not-found' };
  const change = act.check(open);
  if (typeof change === 'string') return { kind: 'refused' as const, code: change };
  const { promoterId, kobanAccount, thirdGuid, partGuid } = open;
  const { programmeCode, lotExtcode } = open.reservation;
  if (thirdGuid === null) return { kind: 'refused' as const, code: 'prospect-unidentified' };
  const data: ReservationData = { reservationId: input.id, thirdGuid, partGuid };
  const intention = { promoter: promoterId, kobanAccount, programmeCode, lotExtcode, data };
  const begun = await beginOperation(
    tx,
    actor,
    { ...form, ...intention, kind: act.kind, phase: act.phase },
    true,
  );
  if (begun.kind === 'refused') return begun;
  if (begun.kind === 'same') return sameAct(tx, begun.id);
  await moveTo(tx, open.reservation, { ...change, operationId: begun.id });
  await noteChange(tx, actor, {
    id: input.id,
    promoter: promoterId,
    cabinet: actor.cabinet,
    action: act.action,
    facts: { lot: lotExtcode, code: null, operation: begun.id },
  });
  const ref: OperationRef = { id: begun.id, promoter: promoterId, cabinet: actor.cabinet };
  const held = await intendFirst(tx, { runner: actor, ref, row: begun.row }, act.saga);
  return { kind: 'begun' as const, ref, extcode: lotExtcode, held };
}

const moveTo = (
  tx: TenantTx,
  row: ReservationRow,
  change: Partial<typeof reservation.$inferInsert>,
): Promise<unknown> =>
  tx
    .update(reservation)
    .set({ ...change, code: null, kobanMessage: null })
    .where(eq(reservation.id, row.id));
