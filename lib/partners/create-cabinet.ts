import { and, eq, inArray, isNull } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { forgetAccounts } from '@/lib/auth/account-state';
import type { StaffActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import type { Tx } from '@/lib/db/client';
import {
  account,
  cabinet,
  convention,
  conventionProgramme,
  partnerAccess,
  programme,
} from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import type { CreateCabinetInput } from './schema';

export type CreateCabinetOutcome =
  | { kind: 'done'; id: string; conventionId: string }
  /** `siren-known`: already one of this promoter's own partners. `programmes-missing`: a programme that it does not have. */
  | { kind: 'refused'; code: 'siren-known' | 'programmes-missing' };

/**
 * Opens a convention with a cabinet, making the cabinet where the deployment has none with this SIREN. Where another promoter has
 * brought it already, this one learns nothing of that: the same answer, its own spelling of the name, none of the people; and
 * those people get nothing here until it invites them (docs/decisions/0005).
 */
export async function createCabinet(
  actor: StaffActor,
  input: CreateCabinetInput,
): Promise<CreateCabinetOutcome> {
  const { name, siren, orias } = input;
  const outcome = await asSystem(async (tx): Promise<CreateCabinetOutcome> => {
    if (!(await ownsProgrammes(tx, actor, input))) return { kind: 'refused', code: 'programmes-missing' };
    await tx.insert(cabinet).values({ name, siren, orias }).onConflictDoNothing({ target: cabinet.siren });
    const [firm] = await tx
      .select({ id: cabinet.id })
      .from(cabinet)
      .where(eq(cabinet.siren, siren))
      .for('update');
    if (!firm) throw new Error('A cabinet was not created');
    const [agreement] = await tx
      .insert(convention)
      .values({
        promoterId: actor.promoter,
        cabinetId: firm.id,
        cabinetName: name,
        cabinetOrias: orias,
        allProgrammes: input.grant === 'all',
        validFrom: input.validFrom,
        validUntil: input.validUntil,
        maxOptions: input.maxOptions,
      })
      .onConflictDoNothing({ target: [convention.promoterId, convention.cabinetId] })
      .returning({ id: convention.id });
    if (!agreement) return { kind: 'refused', code: 'siren-known' };
    await grantProgrammes(tx, actor, agreement.id, input);
    await keepOthersOut(tx, actor, firm.id);
    await writeAudit(tx, actor, {
      action: 'convention.opened',
      subjectType: 'cabinet',
      subjectId: firm.id,
      cabinet: firm.id,
      facts: termFacts(input),
    });
    await announce(tx, { kind: 'rights', cabinet: firm.id });
    return { kind: 'done', id: firm.id, conventionId: agreement.id };
  });
  if (outcome.kind === 'done') forgetAccounts();
  return outcome;
}

type Terms = Pick<CreateCabinetInput, 'grant' | 'programmes' | 'validFrom' | 'validUntil' | 'maxOptions'>;

/** What the audit keeps of a convention's terms. */
export const termFacts = ({ grant, programmes, validFrom, validUntil, maxOptions }: Terms) => ({
  programmes: grant === 'all' ? 'all' : programmes.join(' '),
  validFrom,
  validUntil,
  maxOptions,
});

/** Whether every programme listed is one of this promoter's. */
export async function ownsProgrammes(
  tx: Tx,
  actor: StaffActor,
  { grant, programmes }: Terms,
): Promise<boolean> {
  if (grant === 'all') return true;
  const codes = [...new Set(programmes)];
  const known = await tx
    .select({ code: programme.code })
    .from(programme)
    .where(
      and(
        eq(programme.promoterId, actor.promoter),
        inArray(programme.code, codes),
        isNull(programme.withdrawnAt),
      ),
    );
  return known.length === codes.length;
}

/** Writes the list that a convention grants. */
export async function grantProgrammes(
  tx: Tx,
  actor: StaffActor,
  conventionId: string,
  { grant, programmes }: Terms,
): Promise<void> {
  if (grant === 'all') return;
  const codes = [...new Set(programmes)];
  await tx
    .insert(conventionProgramme)
    .values(codes.map((programmeCode) => ({ conventionId, promoterId: actor.promoter, programmeCode })));
}

/** Whoever belongs to the cabinet already was brought by another promoter: they get nothing here of themselves. */
async function keepOthersOut(tx: SystemTx, actor: StaffActor, cabinetId: string): Promise<void> {
  const present = await tx.select({ id: account.id }).from(account).where(eq(account.cabinetId, cabinetId));
  if (present.length === 0) return;
  await tx
    .insert(partnerAccess)
    .values(
      present.map(({ id }) => ({
        ...{ promoterId: actor.promoter, cabinetId, accountId: id },
        state: 'outside' as const,
      })),
    )
    .onConflictDoNothing();
}
