import { and, eq } from 'drizzle-orm';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import { operation } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { OperationRow } from './definition';
import { abandonedAt, leaseEnd } from './lease';

/** What a person wants done on Koban. */
export type Intention = {
  promoter: PromoterId;
  kind: OperationRow['kind'];
  kobanAccount: string;
  formKey: string;
  requestHash: string;
  programmeCode: string;
  lotExtcode?: string;
  /** The prospect's normalised e-mail and phone; only their hashes are kept. */
  email?: string;
  phone?: string;
  phase: string;
  data: Record<string, unknown>;
};

/** An act that an earlier submission of the same form began. */
export type EarlierAct = { id: string; promoterId: string; programmeCode: string };

/** Hash of a whole submission: the same form with another content is not the same act. */
export const requestHash = (input: unknown): string => sha256(JSON.stringify(input));

/** What an earlier submission of this form began; `form-reused` when it said something else. */
export async function earlierSubmission(
  tx: TenantTx,
  actor: PartnerActor,
  form: { formKey: string; requestHash: string },
): Promise<EarlierAct[] | 'form-reused'> {
  const rows = await tx
    .select({
      id: operation.id,
      promoterId: operation.promoterId,
      programmeCode: operation.programmeCode,
      requestHash: operation.requestHash,
    })
    .from(operation)
    .where(and(eq(operation.accountId, actor.account), eq(operation.formKey, form.formKey)));
  return rows.some((row) => row.requestHash !== form.requestHash) ? 'form-reused' : rows;
}

/**
 * Writes the intention, within the transaction that also writes the domain's row and the audit.
 * @returns the act's id; `same` when the same form began it a moment ago; a refusal when another act on this lot, or on
 *   this prospect and programme, is under way on the same Koban account. Whose it is, is not told.
 * @param held the act is taken as it is begun, for `runBegun` to go on with; if this process dies, its lease runs out
 */
export async function beginOperation(
  tx: TenantTx,
  actor: PartnerActor,
  intention: Intention,
  held = false,
): Promise<
  | { kind: 'begun'; id: string; row: OperationRow }
  | { kind: 'same'; id: string }
  | { kind: 'refused'; code: 'form-reused' | 'act-under-way' }
> {
  const { promoter, email, phone, ...rest } = intention;
  const [begun] = await tx
    .insert(operation)
    .values({
      ...rest,
      promoterId: promoter,
      cabinetId: actor.cabinet,
      accountId: actor.account,
      emailKey: email === undefined ? null : sha256(email),
      phoneKey: phone === undefined ? null : sha256(phone),
      nextCheckAt: abandonedAt(),
      ...(held ? { fence: 1, leaseUntil: leaseEnd(undefined) } : {}),
    })
    .onConflictDoNothing()
    .returning();
  if (begun) return { kind: 'begun', id: begun.id, row: begun };
  const earlier = await earlierSubmission(tx, actor, intention);
  if (earlier === 'form-reused') return { kind: 'refused', code: 'form-reused' };
  const same = earlier.find(
    (act) => act.promoterId === promoter && act.programmeCode === intention.programmeCode,
  );
  return same ? { kind: 'same', id: same.id } : { kind: 'refused', code: 'act-under-way' };
}
