import type { StaffActor } from '@/lib/core/scope';
import type { OperationRef } from '@/lib/operations/definition';
import { type Judgement, judgeOperation } from '@/lib/operations/judge';
import { saga as dossier } from './add-dossier';
import { saga as preresv } from './add-preresv';
import { saga as desistement } from './close-preresv';
import { refreshLot } from './refresh-lot';

/** Ends an uncertain pre-reservation by the word of the promoter's staff. @returns false when it was uncertain no more */
export const judgePreresv = (actor: StaffActor, ref: OperationRef, judgement: Judgement) =>
  judgeReservation(actor, ref, judgement, preresv);

/** The same of a complete file that was sent. */
export const judgeDossier = (actor: StaffActor, ref: OperationRef, judgement: Judgement) =>
  judgeReservation(actor, ref, judgement, dossier);

/** The same of a withdrawal. */
export const judgeDesistement = (actor: StaffActor, ref: OperationRef, judgement: Judgement) =>
  judgeReservation(actor, ref, judgement, desistement);

async function judgeReservation(
  actor: StaffActor,
  ref: OperationRef,
  judgement: Judgement,
  saga: typeof preresv,
): Promise<boolean> {
  const left = await judgeOperation(actor, ref, judgement, saga);
  if (left) await refreshLot(actor, ref, left.lotExtcode);
  return left !== null;
}
