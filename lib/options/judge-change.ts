import type { StaffActor } from '@/lib/core/scope';
import type { OperationRef } from '@/lib/operations/definition';
import { type Judgement, judgeOperation } from '@/lib/operations/judge';
import { saga as cancellation } from './cancel-option';
import { saga as prolongation } from './prolong-option';
import { refreshLot } from './refresh-lot';

/** Ends an uncertain prolongation by the word of the promoter's staff. @returns false when it was uncertain no more */
export const judgeProlongation = (actor: StaffActor, ref: OperationRef, judgement: Judgement) =>
  judgeChange(actor, ref, judgement, prolongation);

/** Ends an uncertain cancellation by the word of the promoter's staff. @returns false when it was uncertain no more */
export const judgeCancellation = (actor: StaffActor, ref: OperationRef, judgement: Judgement) =>
  judgeChange(actor, ref, judgement, cancellation);

/** Whatever was found, the lot is read again: every screen then shows what Koban says of it. */
async function judgeChange(
  actor: StaffActor,
  ref: OperationRef,
  judgement: Judgement,
  saga: typeof prolongation,
): Promise<boolean> {
  const left = await judgeOperation(actor, ref, judgement, saga);
  if (left?.lotExtcode) await refreshLot(actor, ref.promoter, left.lotExtcode);
  return left !== null;
}
