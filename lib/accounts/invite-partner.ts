import { and, eq, ne, notInArray, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { forgetAccount } from '@/lib/auth/account-state';
import { env } from '@/lib/core/env';
import type { StaffActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { account, cabinet, convention, partnerAccess, promoter } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import type { Locale } from '@/lib/i18n/locale';
import { queueMail } from '@/lib/mail/queue-mail';
import { composeAccessMail, composeAccountMail } from './compose-account-mail';
import { createAccount } from './create-account';
import { issueLink } from './issue-link';
import type { InvitePartnerInput } from './schema';

export type InvitePartnerOutcome =
  | { kind: 'done' }
  /** `unknown-cabinet`: no convention here. `already-known`: one of this promoter's own partners has the address. */
  | { kind: 'refused'; code: 'unknown-cabinet' | 'already-known' };

/**
 * Lets a person of a cabinet into this promoter's stock, and tells them by mail. Whether the address was already somebody's, here
 * or at another promoter, shows in nothing that the staff get back: an address unknown to the deployment gets an account and its
 * link; a colleague's account is opened to this promoter; an address that serves in another firm is told so by mail, and nobody
 * else is. A new account is let in here only (docs/decisions/0005).
 */
export async function invitePartner(
  actor: StaffActor,
  input: InvitePartnerInput,
  locale: Locale,
): Promise<InvitePartnerOutcome> {
  const { cabinetId, email, name, role } = input;
  const { outcome, opened } = await asSystem(async (tx) => {
    const here = await lockConvention(tx, actor, cabinetId);
    if (!here) return { outcome: refused('unknown-cabinet'), opened: null };
    const [known] = await tx
      .select({ id: account.id, cabinetId: account.cabinetId })
      .from(account)
      .where(eq(account.email, email));
    if (await isOwnPartner(tx, actor, { email, account: known ?? null })) {
      return { outcome: refused('already-known'), opened: null };
    }
    const made = known ? null : await makePartner(tx, actor, input);
    const colleague = made ?? (known?.cabinetId === cabinetId ? known.id : null);
    const values = { email, name, role, state: 'invited' as const, invitedAt: new Date() };
    const [access] = await tx
      .insert(partnerAccess)
      .values({ promoterId: actor.promoter, cabinetId, accountId: colleague, ...values })
      .onConflictDoUpdate({
        target: [partnerAccess.promoterId, partnerAccess.accountId],
        set: values,
      })
      .returning({ id: partnerAccess.id });
    if (!access) throw new Error('A person was not let in');
    await sendInvitation(tx, actor, {
      accessId: access.id,
      locale,
      firm: here.firm,
      promoter: here.promoter,
    });
    await writeAudit(tx, actor, {
      action: 'partner.invited',
      subjectType: 'partner',
      subjectId: access.id,
      cabinet: cabinetId,
      facts: { role },
    });
    if (colleague) await announce(tx, { kind: 'rights', account: colleague });
    return { outcome: { kind: 'done' as const }, opened: colleague };
  });
  if (opened) forgetAccount(opened);
  return outcome;
}

const refused = (code: 'unknown-cabinet' | 'already-known') => ({ kind: 'refused' as const, code });

/** The convention here, its cabinet locked: who is let in where is decided for one cabinet by one at a time. */
export async function lockConvention(tx: SystemTx, actor: StaffActor, cabinetId: string) {
  const [row] = await tx
    .select({
      firm: sql<string>`coalesce(${convention.cabinetName}, ${cabinet.name})`,
      promoter: promoter.name,
    })
    .from(convention)
    .innerJoin(cabinet, eq(cabinet.id, convention.cabinetId))
    .innerJoin(promoter, eq(promoter.id, convention.promoterId))
    .where(and(eq(convention.promoterId, actor.promoter), eq(convention.cabinetId, cabinetId)))
    .for('update', { of: cabinet });
  return row ?? null;
}

/** Whether the staff can already see somebody with this address among their partners. */
async function isOwnPartner(
  tx: SystemTx,
  actor: StaffActor,
  { email, account: known }: { email: string; account: { id: string; cabinetId: string | null } | null },
): Promise<boolean> {
  const mine = eq(partnerAccess.promoterId, actor.promoter);
  const [written] = await tx
    .select({ id: partnerAccess.id })
    .from(partnerAccess)
    .where(and(mine, eq(partnerAccess.email, email)));
  if (written) return true;
  if (!known?.cabinetId) return false;
  const [firm] = await tx
    .select({ state: partnerAccess.state })
    .from(convention)
    .leftJoin(partnerAccess, and(mine, eq(partnerAccess.accountId, known.id)))
    .where(and(eq(convention.promoterId, actor.promoter), eq(convention.cabinetId, known.cabinetId)));
  return firm !== undefined && firm.state !== 'outside';
}

/** A new account, which every other promoter of the cabinet keeps out until it invites them too. */
async function makePartner(
  tx: SystemTx,
  actor: StaffActor,
  { cabinetId, email, name, role }: InvitePartnerInput,
): Promise<string | null> {
  const id = await createAccount(tx, actor, { role, cabinetId, email, name, passwordHash: null });
  if (!id) return null;
  const others = await tx
    .select({ promoterId: convention.promoterId })
    .from(convention)
    .where(and(eq(convention.cabinetId, cabinetId), ne(convention.promoterId, actor.promoter)));
  if (others.length > 0) {
    await tx
      .insert(partnerAccess)
      .values(
        others.map(({ promoterId }) => ({ promoterId, cabinetId, accountId: id, state: 'outside' as const })),
      );
  }
  return id;
}

/** Sends whoever was let in what they need: a link to choose a password, or where to sign in. */
export async function sendInvitation(
  tx: SystemTx,
  actor: StaffActor,
  of: { accessId: string; locale: Locale; firm: string; promoter: string },
): Promise<void> {
  const { firm, promoter: promoterName, locale } = of;
  const [row] = await tx
    .select({
      email: partnerAccess.email,
      name: partnerAccess.name,
      accountId: partnerAccess.accountId,
      address: account.email,
      locale: account.locale,
      called: account.name,
      waiting: sql<boolean>`${account.passwordHash} is null and ${account.disabledAt} is null`,
    })
    .from(partnerAccess)
    .leftJoin(account, eq(account.id, partnerAccess.accountId))
    .where(
      and(
        eq(partnerAccess.id, of.accessId),
        eq(partnerAccess.promoterId, actor.promoter),
        notInArray(partnerAccess.state, ['outside', 'closed']),
      ),
    );
  const recipient = row?.address ?? row?.email;
  if (!row || !recipient) throw new Error('Nobody to invite');
  const { accountId } = row;
  const name = row.called ?? row.name ?? '';
  if (accountId && row.waiting) {
    const href = await issueLink(tx, 'invitation', { accountId }, new Date());
    await queueMail(tx, recipient, await composeAccountMail('invitation', { locale, name, href }));
    return;
  }
  const kind = accountId ? 'access' : 'elsewhere';
  const href = new URL('/connexion', env().NEXTAUTH_URL).href;
  const facts = { locale: row.locale ?? locale, name, firm, promoter: promoterName, href };
  await queueMail(tx, recipient, await composeAccessMail(kind, facts));
}
