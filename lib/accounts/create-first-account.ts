import { and, eq, isNull } from 'drizzle-orm';
import type { Machine } from '@/lib/audit/write-audit';
import { hashPassword } from '@/lib/auth/password';
import { type Clock, systemClock } from '@/lib/core/clock';
import { accountLink } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { createAccount } from './create-account';
import { usableLink } from './queries';
import { isGuessable } from './rules';
import type { FirstAccountInput } from './schema';

const link: Machine = { kind: 'system', name: 'first-account link' };

export type FirstAccountOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; code: 'link-invalid' | 'password-guessable' | 'email-taken' };

/** Makes a promoter's first account by the one-time link that the start printed. */
export async function createFirstAccount(
  input: FirstAccountInput,
  clock: Clock = systemClock,
): Promise<FirstAccountOutcome> {
  const found = await asSystem((tx) => usableLink(tx, 'first-account', input.secret, clock.now()));
  const promoterId = found?.promoterId;
  if (!found || !promoterId) return { kind: 'refused', code: 'link-invalid' };
  if (isGuessable(input.password, [input.email, input.name]))
    return { kind: 'refused', code: 'password-guessable' };
  const passwordHash = await hashPassword(input.password);
  return asSystem(async (tx) => {
    const { email, name } = input;
    const made = await createAccount(tx, link, { role: 'staff', promoterId, email, name, passwordHash });
    if (!made) return { kind: 'refused', code: 'email-taken' };
    const used = await tx
      .update(accountLink)
      .set({ usedAt: clock.now() })
      .where(and(eq(accountLink.id, found.id), isNull(accountLink.usedAt)))
      .returning();
    if (used.length === 0) throw new Error('The link was used by someone else at the same instant');
    return { kind: 'done' };
  });
}
