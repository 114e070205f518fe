import { and, eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { PartnerActor } from '@/lib/core/scope';
import { denonciation, operation, promoter } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import type { OperationRef } from '@/lib/operations/definition';
import { reopenOperation } from '@/lib/operations/reopen';
import { grantedProgramme, seenBy, withinScope } from './queries';
import { canResend } from './rules';
import { dataSchema, firstPhase } from './settle-denonciation';

export type Resending =
  | { kind: 'resent'; ref: OperationRef }
  | { kind: 'refused'; code: 'not-found' | 'not-resendable' | 'programme-not-granted' | 'act-under-way' };

/**
 * Sends a dénonciation again, as a new attempt of the same act: one kept unsent, or one of which readings found no trace. It
 * begins with a new check, for the world may have moved; and the convention must still grant the programme. Reopens only; `poseDenonciation` runs it.
 */
export async function resendDenonciation(actor: PartnerActor, id: string): Promise<Resending> {
  const found = await asTenant(actor.scope, async (tx) => {
    const [row] = await tx
      .select({
        operationId: operation.id,
        promoterId: denonciation.promoterId,
        programme: { promoter: promoter.slug, code: denonciation.programmeCode },
        state: denonciation.state,
        code: denonciation.code,
        data: operation.data,
      })
      .from(denonciation)
      .innerJoin(operation, eq(operation.id, denonciation.operationId))
      .innerJoin(promoter, eq(promoter.id, denonciation.promoterId))
      .where(and(eq(denonciation.id, id), seenBy(actor, denonciation)));
    return row ?? null;
  });
  const owner = found && withinScope(actor, found.promoterId);
  if (!found || !owner) return { kind: 'refused', code: 'not-found' };
  const { state } = found;
  if (!canResend(found) || (state !== 'unsent' && state !== 'uncertain')) {
    return { kind: 'refused', code: 'not-resendable' };
  }
  const before = dataSchema.parse(found.data);
  const earlierUnknown = before.earlierUnknown || state === 'uncertain';
  const data = { ...before, checkedAt: null, seenFree: false, earlierUnknown };
  const from = { state, phase: firstPhase, data };
  const reopened = await reopenOperation(actor, found.operationId, from, {
    permits: async (tx) => (await grantedProgramme(tx, actor, found.programme)) !== null,
    also: async (tx, attempt) => {
      await tx
        .update(denonciation)
        .set({ state: 'pending', code: null, kobanMessage: null, decidedAt: null })
        .where(eq(denonciation.id, id));
      await writeAudit(tx, actor, {
        action: 'denonciation.resent',
        subjectType: 'denonciation',
        subjectId: id,
        promoter: owner,
        facts: { attempt, earlier: state },
      });
    },
  });
  switch (reopened) {
    case 'reopened':
      return { kind: 'resent', ref: { id: found.operationId, promoter: owner, cabinet: actor.cabinet } };
    case 'forbidden':
      return { kind: 'refused', code: 'programme-not-granted' };
    case 'moved':
      return { kind: 'refused', code: 'not-resendable' };
    case 'held':
      return { kind: 'refused', code: 'act-under-way' };
  }
}
