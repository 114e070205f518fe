import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { OperatorActor } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import { account, accountLink, cabinet, promoter } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import type { LinkPurpose } from './rules';

/** What sign-in compares; null when nobody has this address (as `normaliseEmail` writes it). */
export async function credentialsOf(tx: SystemTx, email: string) {
  const [row] = await tx
    .select({
      id: account.id,
      passwordHash: account.passwordHash,
      sessionVersion: account.sessionVersion,
      disabledAt: account.disabledAt,
    })
    .from(account)
    .where(eq(account.email, email));
  return row ?? null;
}

/** Who may receive mail at this address; null when nobody has it, or the account is disabled. */
export async function accountByEmail(tx: SystemTx, email: string) {
  const [row] = await tx
    .select({ id: account.id, name: account.name })
    .from(account)
    .where(and(eq(account.email, email), isNull(account.disabledAt)));
  return row ?? null;
}

/** The link of this secret, if it can still be used, with the account it is for. */
export async function usableLink(tx: SystemTx, purpose: LinkPurpose, secret: string, now: Date) {
  const [row] = await tx
    .select({
      id: accountLink.id,
      accountId: accountLink.accountId,
      promoterId: accountLink.promoterId,
      promoterName: promoter.name,
      name: account.name,
      email: account.email,
    })
    .from(accountLink)
    .leftJoin(account, eq(account.id, accountLink.accountId))
    .leftJoin(promoter, eq(promoter.id, accountLink.promoterId))
    .where(
      and(
        eq(accountLink.secretHash, sha256(secret)),
        eq(accountLink.purpose, purpose),
        isNull(accountLink.usedAt),
        isNull(account.disabledAt),
        gt(accountLink.expiresAt, now),
      ),
    );
  return row ?? null;
}

/** The same in a transaction of its own, as of now. */
export const findLinkHolder = (purpose: LinkPurpose, secret: string) =>
  asSystem((tx) => usableLink(tx, purpose, secret, new Date()));

/** Every account of the deployment: the operator's own firm-less ones first, then by firm and name. */
export const allAccounts = (_operator: OperatorActor) => asSystem(readAccounts);

function readAccounts(tx: SystemTx) {
  return tx
    .select({
      id: account.id,
      name: account.name,
      email: account.email,
      role: account.role,
      firm: sql<string | null>`coalesce(${cabinet.name}, ${promoter.name})`,
      disabledAt: account.disabledAt,
      invited: sql<boolean>`${account.passwordHash} is null`,
    })
    .from(account)
    .leftJoin(cabinet, eq(cabinet.id, account.cabinetId))
    .leftJoin(promoter, eq(promoter.id, account.promoterId))
    .orderBy(sql`coalesce(${cabinet.name}, ${promoter.name}) nulls first`, account.name);
}

/** Whether someone runs this deployment, or is invited to: without, nobody resets a password where no mail goes out. */
export async function hasOperator(tx: SystemTx): Promise<boolean> {
  const [one] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.role, 'operator'), isNull(account.disabledAt)))
    .limit(1);
  return one !== undefined;
}

/** The accounts that never had a password and can sign in once they have one. */
export async function passwordlessAccounts(tx: SystemTx) {
  return tx
    .select({ id: account.id, name: account.name, email: account.email })
    .from(account)
    .where(and(isNull(account.passwordHash), isNull(account.disabledAt)))
    .orderBy(account.email);
}
