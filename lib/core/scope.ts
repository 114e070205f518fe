declare const minted: unique symbol;

type Branded<T, Name extends string> = T & { readonly [minted]: Name };

/** Ids that only the gates (lib/auth), jobs and webhooks mint, through `lib/core/mint`. */
export type AccountId = Branded<string, 'account'>;
export type CabinetId = Branded<string, 'cabinet'>;
export type PromoterId = Branded<string, 'promoter'>;

/**
 * What a piece of work may see. The database's row-level security is set from it.
 * `cabinet` null means every cabinet of those promoters (promoter staff, jobs, webhooks).
 */
export type TenantScope = Branded<
  { readonly promoters: readonly PromoterId[]; readonly cabinet: CabinetId | null },
  'scope'
>;

/** Who acts. A closed union: screens, webhooks and jobs run the same verbs, and the audit says which. */
export type PartnerActor = Branded<
  {
    readonly kind: 'partner';
    readonly account: AccountId;
    readonly name: string;
    readonly cabinet: CabinetId;
    readonly role: 'adviser' | 'manager';
    readonly scope: TenantScope;
  },
  'partner'
>;
export type StaffActor = Branded<
  {
    readonly kind: 'staff';
    readonly account: AccountId;
    readonly name: string;
    readonly promoter: PromoterId;
    readonly scope: TenantScope;
  },
  'staff'
>;
export type OperatorActor = Branded<
  { readonly kind: 'operator'; readonly account: AccountId; readonly name: string },
  'operator'
>;
export type SystemActor = Branded<
  {
    readonly kind: 'system' | 'webhook';
    readonly name: string;
    readonly promoter: PromoterId;
    readonly scope: TenantScope;
  },
  'system'
>;
export type Actor = PartnerActor | StaffActor | OperatorActor | SystemActor;
