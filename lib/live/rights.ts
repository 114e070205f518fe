import type { AccountState } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import type { CabinetId, PromoterId, TenantScope } from '@/lib/core/scope';
import type { Announcement } from '@/lib/db/announce';
import type { Grant } from '@/lib/stock/reveal-stock';

/** What one person may be told of. People with the same rights share one object, so that what they see is worked out once. */
export type Rights = {
  /** The same for the same rights. */
  readonly key: string;
  readonly scope: TenantScope;
  readonly grants: ReadonlyMap<PromoterId, Grant>;
  /** Whose acts are told: a cabinet's, for a manager all of them; null for the promoter's staff, who hear of every cabinet's. */
  readonly cabinet: CabinetId | null;
  readonly wholeCabinet: boolean;
};

/** The rights of an account at this moment; null for the operator, who has no stream. */
export function rightsOf(account: AccountState): Rights | null {
  const actor = actorOf(account);
  switch (actor.kind) {
    case 'operator':
      return null;
    case 'staff': {
      const grant = { promoterId: actor.promoter, allProgrammes: true, programmes: new Set<string>() };
      return {
        key: `staff ${actor.promoter}`,
        scope: actor.scope,
        grants: new Map([[actor.promoter, grant]]),
        cabinet: null,
        wholeCabinet: true,
      };
    }
    case 'partner': {
      const { conventions } = account;
      const terms = conventions.map(({ promoterId, allProgrammes, programmes }) => [
        promoterId,
        allProgrammes || [...programmes].sort(),
      ]);
      return {
        key: JSON.stringify([actor.cabinet, actor.role, terms]),
        scope: actor.scope,
        grants: new Map(conventions.map((convention) => [convention.promoterId, convention])),
        cabinet: actor.cabinet,
        wholeCabinet: actor.role === 'manager',
      };
    }
  }
}

type ActAnnouncement = Extract<Announcement, { kind: 'act' }>;

/** Whether an act may concern someone with these rights, whoever filed it: its author is read only when it does. */
export function mayConcern({ grants, cabinet }: Rights, act: ActAnnouncement): boolean {
  const here = [...grants.keys()].some((promoter) => promoter === act.promoter);
  return here && (cabinet === null || cabinet === act.cabinet);
}
