import { eq, inArray } from 'drizzle-orm';
import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import { hashPassword } from '@/lib/auth/password';
import { type Clock, systemClock } from '@/lib/core/clock';
import { accountLink, promoter } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import { createAccount } from './create-account';
import { linksOf } from './issue-link';
import { hasOperator, usableLink } from './queries';
import { isGuessable } from './rules';
import type { FirstAccountInput } from './schema';

const link: Machine = { kind: 'system', name: 'first-account link' };

export type FirstAccountOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; code: 'link-invalid' | 'password-guessable' | 'email-taken' };

/**
 * Makes a promoter's first account and gives the promoter its name, or makes the first operator's, by the one-time link that the
 * start printed.
 */
export async function createFirstAccount(
  input: FirstAccountInput,
  clock: Clock = systemClock,
): Promise<FirstAccountOutcome> {
  const found = await asSystem((tx) => usableLink(tx, 'first-account', input.secret, clock.now()));
  if (!found) return { kind: 'refused', code: 'link-invalid' };
  const { promoterId } = found;
  if (isGuessable(input.password, [input.email, input.name]))
    return { kind: 'refused', code: 'password-guessable' };
  const passwordHash = await hashPassword(input.password);
  return asSystem(async (tx) => {
    const { email, name, firm } = input;
    // Each start printed a link: none makes a second account.
    const target = promoterId ? { promoterId } : 'operator';
    const ended = await tx
      .update(accountLink)
      .set({ usedAt: clock.now() })
      .where(linksOf('first-account', target))
      .returning({ id: accountLink.id });
    const ids = ended.map(({ id }) => id);
    if (!ids.includes(found.id)) return { kind: 'refused', code: 'link-invalid' };
    // The link was for a deployment without an operator: there may be one by now.
    if (promoterId === null && (await hasOperator(tx))) return { kind: 'refused', code: 'link-invalid' };
    const belonging = promoterId ? { role: 'staff' as const, promoterId } : { role: 'operator' as const };
    const made = await createAccount(tx, link, { ...belonging, email, name, passwordHash });
    if (made) {
      if (promoterId && firm) await namePromoter(tx, promoterId, firm);
      return { kind: 'done' };
    }
    // The address is taken: the links are not used up by that.
    await tx.update(accountLink).set({ usedAt: null }).where(inArray(accountLink.id, ids));
    return { kind: 'refused', code: 'email-taken' };
  });
}

async function namePromoter(tx: SystemTx, promoterId: string, firm: string): Promise<void> {
  await tx.update(promoter).set({ name: firm }).where(eq(promoter.id, promoterId));
  await writeAudit(tx, link, {
    action: 'promoter.named',
    subjectType: 'promoter',
    subjectId: promoterId,
    promoter: promoterId,
  });
}
