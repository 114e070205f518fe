import type {
  AccountId,
  CabinetId,
  OperatorActor,
  PartnerActor,
  PromoterId,
  StaffActor,
  SystemActor,
  TenantScope,
} from './scope';

// The one place that turns plain data into proof of right. The layout check lets only the gates
// (lib/auth), jobs, webhooks, boot, benches and tests import this file.

/** Brands an id read from the database by a gate or a job. */
export const asAccountId = (id: string) => id as AccountId;
export const asCabinetId = (id: string) => id as CabinetId;
export const asPromoterId = (id: string) => id as PromoterId;

/** A scope over these promoters; `cabinet` narrows prospects and acts to one cabinet. */
export function mintScope(promoters: readonly PromoterId[], cabinet: CabinetId | null): TenantScope {
  return { promoters, cabinet } as TenantScope;
}

/** A signed-in partner, after the gate has read the account and its conventions. */
export function mintPartner(partner: Omit<PartnerActor, 'kind' | symbol>): PartnerActor {
  return { ...partner, kind: 'partner' } as PartnerActor;
}

/** A signed-in member of a promoter's staff. */
export function mintStaff(staff: Omit<StaffActor, 'kind' | 'scope' | symbol>): StaffActor {
  return { ...staff, kind: 'staff', scope: mintScope([staff.promoter], null) } as StaffActor;
}

/** The person who runs the deployment. */
export function mintOperator(operator: Omit<OperatorActor, 'kind' | symbol>): OperatorActor {
  return { ...operator, kind: 'operator' } as OperatorActor;
}

/** A job or a webhook, acting for one promoter. `name` is what the audit shows. */
export function mintSystem(kind: SystemActor['kind'], promoter: PromoterId, name: string): SystemActor {
  return { kind, promoter, name, scope: mintScope([promoter], null) } as SystemActor;
}
