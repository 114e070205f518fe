import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import type { Actor } from '@/lib/core/scope';
import { account } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';

type Belonging =
  | { role: 'adviser' | 'manager'; cabinetId: string }
  | { role: 'staff'; promoterId: string }
  | { role: 'operator' };

/** Someone who will sign in; `passwordHash` null until they choose one by a link. `email` as `normaliseEmail` writes it. */
export type NewAccount = Belonging & { email: string; name: string; passwordHash: string | null };

/**
 * Makes an account.
 * @returns its id, or null when the address already has one
 */
export async function createAccount(
  tx: SystemTx,
  actor: Actor | Machine,
  person: NewAccount,
): Promise<string | null> {
  const [made] = await tx
    .insert(account)
    .values(person)
    .onConflictDoNothing({ target: account.email })
    .returning({ id: account.id, promoterId: account.promoterId, cabinetId: account.cabinetId });
  if (!made) return null;
  await writeAudit(tx, actor, {
    action: 'account.created',
    subjectType: 'account',
    subjectId: made.id,
    promoter: made.promoterId,
    cabinet: made.cabinetId,
    facts: { role: person.role },
  });
  return made.id;
}
