import type { AccountId, Actor, CabinetId, PromoterId } from '@/lib/core/scope';
import type { Tx } from '@/lib/db/client';
import { audit } from '@/lib/db/schema/all';

/** The portal itself, in work that belongs to no promoter (provisioning, a forgotten password). */
export type Machine = { readonly kind: 'system'; readonly name: string };

export type AuditEntry = {
  /** What was done, as `noun.verb`: `account.created`, `option.placed`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** The promoter it concerns; by default the actor's own. Null: the deployment, which only the operator sees. */
  promoter?: string | null;
  /** The cabinet it concerns; by default the partner's own. */
  cabinet?: string | null;
  /** Codes, counts, flags: nothing that names or describes a person. */
  facts?: Record<string, string | number | boolean | null>;
};

/** Records who did what, in the transaction of the change itself: either both are kept or neither. */
export async function writeAudit(tx: Tx, actor: Actor | Machine, entry: AuditEntry): Promise<void> {
  const { promoter, cabinet, account } = belongings(actor);
  await tx.insert(audit).values({
    promoterId: entry.promoter === undefined ? promoter : entry.promoter,
    cabinetId: entry.cabinet === undefined ? cabinet : entry.cabinet,
    actorKind: actor.kind,
    actorAccount: account,
    actorName: actor.name,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    facts: entry.facts,
  });
}

type Belongings = { promoter: PromoterId | null; cabinet: CabinetId | null; account: AccountId | null };

function belongings(actor: Actor | Machine): Belongings {
  return {
    promoter: 'promoter' in actor ? actor.promoter : null,
    cabinet: 'cabinet' in actor ? actor.cabinet : null,
    account: 'account' in actor ? actor.account : null,
  };
}
