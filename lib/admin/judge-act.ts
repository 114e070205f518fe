import { and, eq } from 'drizzle-orm';
import { asCabinetId } from '@/lib/core/mint';
import type { StaffActor } from '@/lib/core/scope';
import { operation } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { judgeDenonciation } from '@/lib/denonciations/judge-denonciation';
import type { OperationRef, OperationRow } from '@/lib/operations/definition';
import type { Judgement } from '@/lib/operations/judge';
import { judgeCancellation, judgeProlongation } from '@/lib/options/judge-change';
import { judgeOption } from '@/lib/options/judge-option';
import { judgeDesistement, judgeDossier, judgePreresv } from '@/lib/reservations/judge-reservation';
import type { JudgeInput } from './schema';

type Judge = (actor: StaffActor, ref: OperationRef, judgement: Judgement) => Promise<boolean>;

/** How each kind of act is judged: one `judge-<kind>.ts` in its domain, one line here. */
const judges: Record<OperationRow['kind'], Judge> = {
  denonciation: judgeDenonciation,
  option: judgeOption,
  prolongation: judgeProlongation,
  annulation: judgeCancellation,
  preresv: judgePreresv,
  dossier: judgeDossier,
  desistement: judgeDesistement,
};

export type JudgeOutcome =
  | { kind: 'judged' }
  /** Settled meanwhile, by a reading, a webhook or a colleague; or not an act of this promoter's. */
  | { kind: 'moved' };

/** Ends an act whose result is unknown by the word of a named person, who says what they found. */
export async function judgeAct(actor: StaffActor, { id, verdict, note }: JudgeInput): Promise<JudgeOutcome> {
  const [row] = await asTenant(actor.scope, (tx) =>
    tx
      .select({ kind: operation.kind, cabinetId: operation.cabinetId })
      .from(operation)
      .where(
        and(eq(operation.id, id), eq(operation.promoterId, actor.promoter), eq(operation.state, 'uncertain')),
      ),
  );
  if (!row) return { kind: 'moved' };
  const ref = { id, promoter: actor.promoter, cabinet: asCabinetId(row.cabinetId) };
  return { kind: (await judges[row.kind](actor, ref, { verdict, note })) ? 'judged' : 'moved' };
}
