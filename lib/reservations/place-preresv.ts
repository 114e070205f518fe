import { eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { newId, newReference } from '@/lib/core/ids';
import { typedEuros } from '@/lib/core/money';
import { formatPhone } from '@/lib/core/phone';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { operation, prospect, reservation } from '@/lib/db/schema/all';
import type { FileDraft } from '@/lib/db/schema/reservations';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { beginOperation, earlierSubmission, requestHash } from '@/lib/operations/begin';
import type { OperationRef } from '@/lib/operations/definition';
import { type Begun as BegunAct, intendFirst, runBegun } from '@/lib/operations/run';
import { openLot, usableDenonciation } from '@/lib/options/queries';
import { identifyProspect } from '@/lib/prospects/queries';
import { firstPhase, saga } from './add-preresv';
import { isReserved, optionOn } from './queries';
import type { PreresvInput } from './schema';
import { dataSchema, type ReservationData, type ReservationRow } from './settle-reservation';

/**
 * What became of an act on a reservation. `begun`: it is under way or at rest, and its page tells where; `refused`: nothing was
 * begun, for a reason of `acts.codes`.
 */
export type Reserving = { kind: 'begun'; id: string } | { kind: 'refused'; code: string };

/** `ref` is given when something may have changed in Koban: the lot is then worth reading again (`refreshLot`). */
export type Reserved = { reserving: Reserving; touched: { ref: OperationRef; extcode: string } | null };

export const refused = (code: string): Reserved => ({ reserving: { kind: 'refused', code }, touched: null });

/**
 * Pre-reserves a lot for a denounced prospect, and waits for Koban's answer. Conventions, the dénonciation and the lot are
 * checked before anything is sent; the same form sent twice is one act.
 */
export async function placePreresv(actor: PartnerActor, input: PreresvInput): Promise<Reserved> {
  let begun = await asTenant(actor.scope, (tx) => begin(tx, actor, input));
  if (begun.kind === 'unidentified') {
    const identity = await identifyProspect(actor, begun.prospect);
    if (identity.kind !== 'found') {
      return refused(identity.kind === 'silent' ? identity.code : 'prospect-unidentified');
    }
    begun = await asTenant(actor.scope, (tx) => begin(tx, actor, input));
  }
  switch (begun.kind) {
    case 'refused':
      return refused(begun.code);
    case 'unidentified':
      return refused('prospect-unidentified');
    case 'same':
      return { reserving: { kind: 'begun', id: begun.id }, touched: null };
    case 'begun': {
      const left = await runBegun(actor, begun.act, saga);
      const reserving = { kind: 'begun' as const, id: begun.id };
      const sent = left?.phase === 'preresv' && (left.state === 'done' || left.state === 'refused');
      return { reserving, touched: sent ? { ref: begun.ref, extcode: input.lot.extcode } : null };
    }
  }
}

type Begun =
  | { kind: 'begun'; id: string; ref: OperationRef; act: BegunAct<ReservationRow, ReservationData> }
  | { kind: 'same'; id: string }
  | { kind: 'unidentified'; prospect: { promoter: PromoterId; prospectId: string } }
  | { kind: 'refused'; code: string };

/** Checks everything that the portal knows, and keeps the intention. Sends nothing. */
async function begin(tx: TenantTx, actor: PartnerActor, input: PreresvInput): Promise<Begun> {
  const form = { formKey: input.formKey, requestHash: requestHash(input) };
  // The lock first: a second submission of the form waits here, and then finds what the first one began.
  const on = await openLot(tx, actor, input.lot, true);
  const earlier = await earlierSubmission(tx, actor, form);
  if (earlier === 'form-reused') return { kind: 'refused', code: 'form-reused' };
  const [before] = earlier;
  if (before) return sameAct(tx, before.id);
  if (!on) return { kind: 'refused', code: 'lot-closed' };
  const usable = await usableDenonciation(tx, actor, on, input.denonciationId);
  if (!usable) return { kind: 'refused', code: 'denonciation-not-usable' };
  if (await isReserved(tx, actor, on)) return { kind: 'refused', code: 'already-reserved' };
  const { thirdGuid, prospectId } = usable;
  if (thirdGuid === null) {
    return { kind: 'unidentified', prospect: { promoter: on.promoterId, prospectId } };
  }
  const id = newId();
  const data: ReservationData = { reservationId: id, thirdGuid, partGuid: on.partGuid };
  const { promoterId, kobanAccount, programmeCode, extcode: lotExtcode } = on;
  const intention = { promoter: promoterId, kobanAccount, programmeCode, lotExtcode, data };
  const begun = await beginOperation(
    tx,
    actor,
    { ...form, ...intention, kind: 'preresv', phase: firstPhase },
    true,
  );
  if (begun.kind === 'refused') return begun;
  if (begun.kind === 'same') return sameAct(tx, begun.id);
  await tx.insert(reservation).values({
    id,
    promoterId,
    cabinetId: actor.cabinet,
    accountId: actor.account,
    reference: newReference(),
    denonciationId: input.denonciationId,
    optionId: await optionOn(tx, actor, on, prospectId),
    prospectId,
    programmeCode,
    lotExtcode,
    state: 'pending',
    operationId: begun.id,
    priceCents: input.price,
    depositCents: input.deposit,
    file: await firstDraft(tx, prospectId, input),
  });
  await writeAudit(tx, actor, {
    action: 'reservation.asked',
    subjectType: 'reservation',
    subjectId: id,
    promoter: promoterId,
    facts: { lot: lotExtcode, code: null, operation: begun.id },
  });
  await announce(tx, { kind: 'act', promoter: promoterId, cabinet: actor.cabinet, act: 'reservation', id });
  const ref = { id: begun.id, promoter: promoterId, cabinet: actor.cabinet };
  const act = await intendFirst(tx, { runner: actor, ref, row: begun.row }, saga);
  return { kind: 'begun', id, ref, act };
}

/** What the complete file begins with: what the portal knows already. Amounts as one would type them. */
async function firstDraft(tx: TenantTx, prospectId: string, input: PreresvInput): Promise<FileDraft> {
  const [person] = await tx
    .select({
      gender: prospect.gender,
      lastName: prospect.lastName,
      firstName: prospect.firstName,
      email: prospect.email,
      phone: prospect.phone,
    })
    .from(prospect)
    .where(eq(prospect.id, prospectId));
  if (!person) throw new Error('The prospect of a reservation was not found');
  return {
    ...person,
    gender: person.gender ?? '',
    phone: formatPhone(person.phone),
    price: typedEuros(input.price),
    deposit: typedEuros(input.deposit),
    deedDay: input.deedDay,
  };
}

/** The reservation of an act that an earlier submission of the same form began. */
export async function sameAct(tx: TenantTx, operationId: string): Promise<{ kind: 'same'; id: string }> {
  const [row] = await tx
    .select({ data: operation.data })
    .from(operation)
    .where(eq(operation.id, operationId));
  if (!row) throw new Error('An act was not found');
  return { kind: 'same', id: dataSchema.parse(row.data).reservationId };
}
