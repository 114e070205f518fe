import { requireOperator, requireSignedIn } from '@/lib/auth/session';
import { allAccounts, findLinkHolder } from './queries';
import type { LinkPurpose } from './rules';

/** The signed-in person as their pages show them. */
export async function signedInPerson() {
  const { account } = await requireSignedIn();
  const { name, email, role, firm } = account;
  return { name, email, role, firm };
}

/** Whom a one-time link is for (no promoter: the deployment itself); null when it no longer works. Reading it does not use it. */
export async function linkHolder(purpose: LinkPurpose, secret: string) {
  const link = await findLinkHolder(purpose, secret);
  return link && { name: link.name ?? '', email: link.email ?? '', promoterName: link.promoterName };
}

/** Every account, for the operator; `self` marks their own. */
export async function people() {
  const operator = await requireOperator();
  return (await allAccounts(operator)).map((row) => ({ ...row, self: row.id === operator.account }));
}
