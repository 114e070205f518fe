import type { StaffActor } from '@/lib/core/scope';
import type { OperationRef } from '@/lib/operations/definition';
import { type Judgement, judgeOperation } from '@/lib/operations/judge';
import { saga } from './add-option';
import { refreshOption } from './refresh-option';

/**
 * Ends an uncertain option by the word of the promoter's staff. Found done, the lot is read again, which gives its exact end.
 * @returns false when it was uncertain no more
 */
export async function judgeOption(
  actor: StaffActor,
  ref: OperationRef,
  judgement: Judgement,
): Promise<boolean> {
  const left = await judgeOperation(actor, ref, judgement, saga);
  if (left?.state === 'done') await refreshOption(actor, ref, left);
  return left !== null;
}
