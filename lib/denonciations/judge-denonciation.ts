import type { StaffActor } from '@/lib/core/scope';
import { asTenant } from '@/lib/db/tenancy';
import type { OperationRef } from '@/lib/operations/definition';
import { type Judgement, judgeOperation } from '@/lib/operations/judge';
import { identifyProspect } from '@/lib/prospects/queries';
import { saga } from './pose-denonciation';
import { loadDenonciation } from './settle-denonciation';

/**
 * Ends an uncertain dénonciation by the word of the promoter's staff. Found done, its prospect is looked for in Koban, as after
 * an acceptance. @returns false when it was uncertain no more
 */
export async function judgeDenonciation(
  actor: StaffActor,
  ref: OperationRef,
  judgement: Judgement,
): Promise<boolean> {
  const left = await judgeOperation(actor, ref, judgement, saga);
  if (left?.state !== 'done') return left !== null;
  const { prospect } = await asTenant(actor.scope, (tx) => loadDenonciation(tx, left));
  await identifyProspect(actor, { promoter: ref.promoter, prospectId: prospect.id });
  return true;
}
