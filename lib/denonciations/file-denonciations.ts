import { writeAudit } from '@/lib/audit/write-audit';
import { newReference, randomToken } from '@/lib/core/ids';
import { nameKey } from '@/lib/core/normalise';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { denonciation, prospect } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { beginOperation, type EarlierAct, earlierSubmission, requestHash } from '@/lib/operations/begin';
import type { OperationRef } from '@/lib/operations/definition';
import { cabinetsOwn, denonciationsOf, grantedProgramme } from './queries';
import type { DenonciationInput, ProgrammeRef } from './schema';
import { firstData, firstPhase } from './settle-denonciation';

/** Why a dénonciation was not filed at all. */
export const filingRefusals = [
  'programme-not-granted',
  'already-ours',
  'act-under-way',
  'form-reused',
] as const;
export type FilingRefusal = (typeof filingRefusals)[number];

/** What became of one programme of the form. `id` of a refusal: the cabinet's own dénonciation, when this person may open it. */
export type Filing = { programme: ProgrammeRef } & (
  | { kind: 'filed'; id: string; ref: OperationRef }
  | { kind: 'refused'; code: FilingRefusal; id: string | null }
);

/**
 * Files a prospect on each programme named: one act each, its intention, its rows and its audit in one transaction. Sends
 * nothing. The same form filed again gives the same acts; with another content, `form-reused`.
 */
export async function fileDenonciations(actor: PartnerActor, input: DenonciationInput): Promise<Filing[]> {
  const form = { formKey: input.formKey, requestHash: requestHash(input) };
  // One order for everybody: two submissions that name the same programmes wait for one another, never in a circle.
  const programmes = distinct(input.programmes);
  return asTenant(actor.scope, async (tx) => {
    const earlier = await earlierSubmission(tx, actor, form);
    if (earlier === 'form-reused') {
      return programmes.map((programme) => ({ programme, kind: 'refused', code: 'form-reused', id: null }));
    }
    const known = await denonciationsOf(
      tx,
      earlier.map((act) => act.id),
    );
    const filings: Filing[] = [];
    for (const programme of programmes) {
      filings.push({ programme, ...(await fileOne({ tx, actor, input, form, earlier, known }, programme)) });
    }
    return filings;
  });
}

type Submission = {
  tx: TenantTx;
  actor: PartnerActor;
  input: DenonciationInput;
  form: { formKey: string; requestHash: string };
  earlier: EarlierAct[];
  known: Map<string, string>;
};

type Filed =
  | { kind: 'filed'; id: string; ref: OperationRef }
  | { kind: 'refused'; code: FilingRefusal; id: string | null };

const refused = (code: FilingRefusal, id: string | null = null): Filed => ({ kind: 'refused', code, id });

async function fileOne(submission: Submission, programme: ProgrammeRef): Promise<Filed> {
  const { tx, actor, input, form, earlier, known } = submission;
  const grant = await grantedProgramme(tx, actor, programme);
  if (!grant) return refused('programme-not-granted');
  const { promoterId, kobanAccount } = grant;
  const filed = (operationId: string, id: string): Filed => ({
    kind: 'filed',
    id,
    ref: { id: operationId, promoter: promoterId, cabinet: actor.cabinet },
  });
  const before = earlier.find((act) => act.promoterId === promoterId && act.programmeCode === programme.code);
  const beforeId = before && known.get(before.id);
  if (before && beforeId) return filed(before.id, beforeId);
  const on = { promoterId, programmeCode: programme.code };
  const own = await cabinetsOwn(tx, actor, on, input, form);
  if (own?.sameForm) return filed(own.operationId, own.id);
  const openable = own && (actor.role === 'manager' || own.accountId === actor.account) ? own.id : null;
  if (own) return refused(own.state === 'accepted' ? 'already-ours' : 'act-under-way', openable);
  const begun = await beginOperation(tx, actor, {
    ...form,
    promoter: promoterId,
    kind: 'denonciation',
    kobanAccount,
    programmeCode: programme.code,
    email: input.email,
    phone: input.phone,
    phase: firstPhase,
    data: firstData,
  });
  if (begun.kind === 'refused') return refused(begun.code);
  if (begun.kind === 'same') {
    const id = (await denonciationsOf(tx, [begun.id])).get(begun.id);
    if (!id) throw new Error('An act has no dénonciation');
    return filed(begun.id, id);
  }
  return filed(begun.id, await writeRows(submission, on, begun.id));
}

async function writeRows(
  { tx, actor, input }: Submission,
  on: { promoterId: PromoterId; programmeCode: string },
  operationId: string,
): Promise<string> {
  const owner = { promoterId: on.promoterId, cabinetId: actor.cabinet, accountId: actor.account };
  const { gender, lastName, firstName, email, phone, typologies, rooms, source, comment } = input;
  const consentAt = new Date();
  const [person] = await tx
    .insert(prospect)
    .values({
      ...owner,
      gender,
      consentAt,
      lastName,
      firstName,
      email,
      phone,
      extcode: `PARVIS-${randomToken(12)}`,
      search: [nameKey(`${lastName} ${firstName}`), email, phone].join(' '),
    })
    .onConflictDoUpdate({
      target: [
        prospect.promoterId,
        prospect.cabinetId,
        prospect.email,
        prospect.lastName,
        prospect.firstName,
        prospect.phone,
      ],
      // What was declared before stays as it was declared: each dénonciation has its own.
      set: { gender },
    })
    .returning({ id: prospect.id });
  if (!person) throw new Error('A prospect was not written');
  const [made] = await tx
    .insert(denonciation)
    .values({
      ...owner,
      operationId,
      reference: newReference(),
      prospectId: person.id,
      programmeCode: on.programmeCode,
      consentAt,
      wish: { typologies, rooms, budgetCents: input.budget, source, comment: comment || null },
    })
    .returning({ id: denonciation.id });
  if (!made) throw new Error('A dénonciation was not written');
  await writeAudit(tx, actor, {
    action: 'denonciation.filed',
    subjectType: 'denonciation',
    subjectId: made.id,
    promoter: on.promoterId,
    facts: { programme: on.programmeCode },
  });
  return made.id;
}

function distinct(programmes: ProgrammeRef[]): ProgrammeRef[] {
  const byKey = new Map(
    programmes.map((programme) => [`${programme.promoter}\n${programme.code}`, programme]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, programme]) => programme);
}
