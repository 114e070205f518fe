import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '@/lib/audit/write-audit';
import { announce } from '@/lib/db/announce';
import { convention, denonciation, operation, prospect } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Act, OperationRow, Rest, Runner } from '@/lib/operations/definition';
import { judgementFacts } from '@/lib/operations/judge';
import type { DenonciationState, PhaseName } from './schema';

/** What a dénonciation's phases tell one another. */
export const dataSchema = z.object({
  /** When Koban last said that nobody had denounced this prospect. */
  checkedAt: z.iso.datetime().nullable(),
  /** The third that this act created for the prospect. */
  thirdGuid: z.string().nullable(),
  /** The third that the check named. It shares an e-mail or a phone with the prospect, and may be the spouse: never kept as is. */
  namedGuid: z.string().nullable().default(null),
  /** This act created the prospect: what Koban then says of it concerns us. */
  createdByUs: z.boolean(),
  /** An earlier attempt was sent and its effect never known: no later answer may be taken for « nothing happened ». */
  earlierUnknown: z.boolean(),
  /** A reading after this attempt's pose found the prospect free: whoever denounces it later may not be us. */
  seenFree: z.boolean().default(false),
  /** The cabinet's own third, as it stood when the pose was next: null when Koban had none yet, absent before that. */
  byGuid: z.string().nullable().optional(),
  kobanReference: z.string().nullable(),
});
export type DenonciationData = z.infer<typeof dataSchema>;

/** Where every dénonciation begins. */
export const firstPhase: PhaseName = 'check';
export const firstData: DenonciationData = {
  checkedAt: null,
  thirdGuid: null,
  namedGuid: null,
  createdByUs: false,
  earlierUnknown: false,
  seenFree: false,
  kobanReference: null,
};

/** The dénonciation, its prospect, the cabinet's own guid in Koban, and the programmes that the form names at this promoter. */
export type Subject = Awaited<ReturnType<typeof loadDenonciation>>;
export type DenonciationAct = Act<Subject, DenonciationData>;

/** Reads what an act needs of the portal's own rows. */
export async function loadDenonciation(
  tx: TenantTx,
  { id, promoterId, cabinetId, accountId, formKey }: OperationRow,
) {
  const [row] = await tx
    .select({
      id: denonciation.id,
      programmeCode: denonciation.programmeCode,
      wish: denonciation.wish,
      prospect,
      byGuid: convention.kobanGuid,
    })
    .from(denonciation)
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .leftJoin(convention, and(eq(convention.promoterId, promoterId), eq(convention.cabinetId, cabinetId)))
    .where(eq(denonciation.operationId, id));
  if (!row) throw new Error('An act has no dénonciation');
  // Of one form, the first act creates the prospect: it then bears all that the form names.
  const named = await tx
    .select({ code: denonciation.programmeCode })
    .from(denonciation)
    .innerJoin(operation, eq(operation.id, denonciation.operationId))
    .where(
      and(
        eq(operation.promoterId, promoterId),
        eq(operation.accountId, accountId),
        eq(operation.formKey, formKey),
      ),
    )
    .orderBy(asc(denonciation.programmeCode));
  return { ...row, programmeCodes: named.map(({ code }) => code) };
}

const stateOf: Record<Rest['to'], DenonciationState> = {
  done: 'accepted',
  refused: 'refused',
  unsent: 'unsent',
  uncertain: 'uncertain',
  abandoned: 'abandoned',
};

/** Writes where an act came to rest on the dénonciation, the prospect's guid once known, and the audit. */
export async function settleDenonciation(
  tx: TenantTx,
  runner: Runner,
  act: DenonciationAct,
  rest: Rest,
): Promise<void> {
  const { subject, data, ref } = act;
  const state = stateOf[rest.to];
  const proof = rest.to === 'done' ? rest.proof : null;
  const code = rest.to === 'done' ? null : rest.code;
  const sent = rest.to === 'done' || rest.to === 'uncertain';
  await tx
    .update(denonciation)
    .set({
      state,
      proof,
      code,
      kobanMessage: rest.to === 'refused' ? (rest.kobanMessage ?? null) : null,
      kobanReference: data.kobanReference,
      decidedAt: state === 'accepted' || state === 'refused' ? act.now() : null,
    })
    .where(eq(denonciation.id, subject.id));
  // A guid that an earlier release took from the check is left alone: only what this act created is surely the prospect.
  if (data.createdByUs && data.thirdGuid !== null && data.thirdGuid !== subject.prospect.kobanGuid) {
    await tx.update(prospect).set({ kobanGuid: data.thirdGuid }).where(eq(prospect.id, subject.prospect.id));
  }
  await writeAudit(tx, runner, {
    action: `denonciation.${state}`,
    subjectType: 'denonciation',
    subjectId: subject.id,
    promoter: ref.promoter,
    cabinet: ref.cabinet,
    facts: {
      programme: subject.programmeCode,
      proof,
      code,
      attempt: act.operation.attempt,
      ...judgementFacts(runner, act.operation),
      ...(sent && data.byGuid === null ? { withoutBroker: true } : {}),
    },
  });
  const { promoter, cabinet } = ref;
  await announce(tx, { kind: 'act', promoter, cabinet, act: 'denonciation', id: subject.id });
}
