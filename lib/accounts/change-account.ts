import { and, eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { writeAudit } from '@/lib/audit/write-audit';
import { forgetAccount } from '@/lib/auth/account-state';
import type { SignedInActor } from '@/lib/auth/actor';
import type { Locale } from '@/lib/core/locale';
import type { OperatorActor } from '@/lib/core/scope';
import { account } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

const olderSessionsEnd = { sessionVersion: sql`${account.sessionVersion} + 1` };

/** Shuts an account out, or lets it in again. Its sessions end within five seconds. @returns false when nothing changed */
export async function setDisabled(
  actor: OperatorActor,
  { id, disabled }: { id: string; disabled: boolean },
): Promise<boolean> {
  if (id === actor.account) return false;
  return change(actor, id, disabled ? 'account.disabled' : 'account.enabled', {
    set: { disabledAt: disabled ? sql`now()` : null, ...olderSessionsEnd },
    from: disabled ? isNull(account.disabledAt) : isNotNull(account.disabledAt),
  });
}

/** Makes a partner an adviser or a manager of their cabinet. Their sessions end. @returns false when nothing changed */
export async function changeRole(
  actor: OperatorActor,
  { id, role }: { id: string; role: 'adviser' | 'manager' },
): Promise<boolean> {
  return change(actor, id, 'account.role-changed', {
    set: { role, ...olderSessionsEnd },
    from: and(isNotNull(account.cabinetId), ne(account.role, role)),
    facts: { role },
  });
}

/** Changes the name that the person is shown by. */
export async function rename(actor: SignedInActor, { name }: { name: string }): Promise<boolean> {
  return change(actor, actor.account, 'account.renamed', { set: { name }, from: ne(account.name, name) });
}

/** Keeps the language in which this person is written to. A taste, of which the journal keeps no trace. */
export async function keepLanguage(actor: SignedInActor, locale: Locale): Promise<void> {
  await asSystem((tx) => tx.update(account).set({ locale }).where(eq(account.id, actor.account)));
  forgetAccount(actor.account);
}

type Change = {
  set: PgUpdateSetSource<typeof account>;
  from: SQL | undefined;
  facts?: Record<string, string>;
};

async function change(
  actor: SignedInActor,
  id: string,
  action: string,
  { set, from, facts }: Change,
): Promise<boolean> {
  const done = await asSystem(async (tx) => {
    const [changed] = await tx
      .update(account)
      .set(set)
      .where(and(eq(account.id, id), from))
      .returning({ promoter: account.promoterId, cabinet: account.cabinetId });
    if (!changed) return false;
    await writeAudit(tx, actor, { action, subjectType: 'account', subjectId: id, ...changed, facts });
    return true;
  });
  forgetAccount(id);
  return done;
}
