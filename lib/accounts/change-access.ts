import { and, eq, or } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { forgetAccount } from '@/lib/auth/account-state';
import type { StaffActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { account, partnerAccess } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import type { Locale } from '@/lib/i18n/locale';
import { lockConvention, sendInvitation } from './invite-partner';
import type { PartnerActInput } from './schema';

/**
 * What a promoter's staff do to a person of a cabinet, at this promoter and nowhere else: their account, and what other promoters
 * let them do, stay as they are. It acts at once: the gates ask the database within every act, and this process forgets what it
 * knew of the account. @returns false when nothing changed, or the person is not among this promoter's partners
 */
export async function changeAccess(
  actor: StaffActor,
  { cabinetId, id, act }: PartnerActInput,
  locale: Locale,
): Promise<boolean> {
  const done = await asSystem(async (tx) => {
    const here = await lockConvention(tx, actor, cabinetId);
    const access = here && (await accessOf(tx, actor, cabinetId, id));
    if (!here || !access) return null;
    if (!(await apply(tx, access, act))) return null;
    if (act === 'invite') {
      await sendInvitation(tx, actor, {
        accessId: access.id,
        locale,
        firm: here.firm,
        promoter: here.promoter,
      });
    }
    await writeAudit(tx, actor, {
      action: `partner.${past[act]}`,
      subjectType: 'partner',
      subjectId: access.id,
      cabinet: cabinetId,
    });
    if (access.accountId) await announce(tx, { kind: 'rights', account: access.accountId });
    return access;
  });
  if (done?.accountId) forgetAccount(done.accountId);
  return done !== null;
}

const past = { invite: 'invited-again', close: 'closed', open: 'opened' } as const satisfies Record<
  PartnerActInput['act'],
  string
>;

type Access = Pick<typeof partnerAccess.$inferSelect, 'id' | 'accountId' | 'state' | 'invitedAt'>;

/** The row of a person as this promoter sees them, made for one who came in with the convention; null when it does not see any. */
async function accessOf(
  tx: SystemTx,
  actor: StaffActor,
  cabinetId: string,
  id: string,
): Promise<Access | null> {
  const columns = {
    id: partnerAccess.id,
    accountId: partnerAccess.accountId,
    state: partnerAccess.state,
    invitedAt: partnerAccess.invitedAt,
  };
  const [known] = await tx
    .select(columns)
    .from(partnerAccess)
    .where(
      and(
        eq(partnerAccess.promoterId, actor.promoter),
        eq(partnerAccess.cabinetId, cabinetId),
        or(eq(partnerAccess.id, id), eq(partnerAccess.accountId, id)),
      ),
    );
  if (known) return known.state === 'outside' ? null : known;
  const [person] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, id), eq(account.cabinetId, cabinetId)));
  if (!person) return null;
  const [made] = await tx
    .insert(partnerAccess)
    .values({ promoterId: actor.promoter, cabinetId, accountId: person.id, state: 'open' })
    .returning(columns);
  return made ?? null;
}

/** The move itself, only from a state that allows it. */
async function apply(
  tx: SystemTx,
  { id, state, invitedAt }: Access,
  act: PartnerActInput['act'],
): Promise<boolean> {
  const to = (next: Partial<typeof partnerAccess.$inferInsert>) =>
    tx
      .update(partnerAccess)
      .set(next)
      .where(and(eq(partnerAccess.id, id), eq(partnerAccess.state, state)));
  switch (act) {
    case 'close':
      if (state === 'closed') return false;
      await to({ state: 'closed' });
      return true;
    case 'open':
      if (state !== 'closed') return false;
      // Whoever was invited is « invited » until they sign in: reopening tells nothing of what they do elsewhere.
      await to({ state: invitedAt ? 'invited' : 'open' });
      return true;
    case 'invite':
      if (state === 'closed') return false;
      if (state === 'invited') await to({ invitedAt: new Date() });
      return true;
  }
}
