import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { forgetAccounts } from '@/lib/auth/account-state';
import type { StaffActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { convention, conventionProgramme } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { grantProgrammes, ownsProgrammes, termFacts } from './create-cabinet';
import type { ChangeConventionInput, SuspendConventionInput } from './schema';

export type ChangeConventionOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; code: 'unknown-cabinet' | 'programmes-missing' };

const conventionOf = (actor: StaffActor, cabinetId: string) =>
  and(eq(convention.promoterId, actor.promoter), eq(convention.cabinetId, cabinetId));

/** Gives a convention other terms. What it no longer grants is refused at the next act, and leaves open pages at once. */
export async function changeConvention(
  actor: StaffActor,
  input: ChangeConventionInput,
): Promise<ChangeConventionOutcome> {
  const outcome = await asTenant(actor.scope, async (tx): Promise<ChangeConventionOutcome> => {
    if (!(await ownsProgrammes(tx, actor, input))) return { kind: 'refused', code: 'programmes-missing' };
    const [changed] = await tx
      .update(convention)
      .set({
        allProgrammes: input.grant === 'all',
        validFrom: input.validFrom,
        validUntil: input.validUntil,
        maxOptions: input.maxOptions,
      })
      .where(conventionOf(actor, input.cabinetId))
      .returning({ id: convention.id });
    if (!changed) return { kind: 'refused', code: 'unknown-cabinet' };
    await tx.delete(conventionProgramme).where(eq(conventionProgramme.conventionId, changed.id));
    await grantProgrammes(tx, actor, changed.id, input);
    await tell(tx, actor, input.cabinetId, 'convention.changed', termFacts(input));
    return { kind: 'done' };
  });
  forgetAccounts();
  return outcome;
}

/** Suspends a convention, or lifts the suspension. @returns false when it stood so already, or there is none here */
export async function suspendConvention(
  actor: StaffActor,
  { cabinetId, suspended }: SuspendConventionInput,
): Promise<boolean> {
  const done = await asTenant(actor.scope, async (tx) => {
    const changed = await tx
      .update(convention)
      .set({ suspendedAt: suspended ? sql`now()` : null })
      .where(
        and(
          conventionOf(actor, cabinetId),
          suspended ? isNull(convention.suspendedAt) : isNotNull(convention.suspendedAt),
        ),
      )
      .returning({ id: convention.id });
    if (changed.length === 0) return false;
    await tell(tx, actor, cabinetId, suspended ? 'convention.suspended' : 'convention.resumed');
    return true;
  });
  forgetAccounts();
  return done;
}

/** The audit, and every open page of the cabinet. */
async function tell(
  tx: TenantTx,
  actor: StaffActor,
  cabinetId: string,
  action: string,
  facts?: ReturnType<typeof termFacts>,
): Promise<void> {
  await writeAudit(tx, actor, {
    action,
    subjectType: 'cabinet',
    subjectId: cabinetId,
    cabinet: cabinetId,
    facts,
  });
  await announce(tx, { kind: 'rights', cabinet: cabinetId });
}
