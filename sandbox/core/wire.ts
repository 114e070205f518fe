import type { Account } from './account';
import { EMPTY_ISO, parisIso, unixSeconds } from './dates';
import { guidOf } from './ids';
import type { Lot, Programme } from './model';

/** A lot as GetUpdated shows it: DOC and PUB properties, with nulls and properties that nobody announced. */
export function lotOnWire(account: Account, lot: Lot): Record<string, unknown> {
  const programme = account.programmes.get(lot.programme);
  const label = programme?.steps.find((step) => step.Extcode === lot.status)?.Label ?? lot.status;
  const iso = account.policy.instants === 'iso';
  return {
    Guid: lot.guid,
    Extcode: lot.numericExtcode ? Number(lot.extcode) : lot.extcode,
    Label: lot.label,
    Description: lot.description,
    Status: lot.statusAsText ? lot.status : { Code: lot.status, Label: label },
    Process: { Code: lot.programme, Label: programme?.label ?? null, Guid: programme?.guid ?? null },
    Result: lot.result,
    Amountprev: lot.priceCents === null ? null : lot.priceCents / 100,
    Tags: lot.tags,
    MoreFields: lot.moreFields,
    Type: lot.secondary ? 'Secondary' : null,
    Link: lot.link,
    DPrev: iso ? EMPTY_ISO : 0,
    DResult: lot.result === 'WON' ? (iso ? parisIso(lot.createdAt) : unixSeconds(lot.createdAt)) : null,
    DCreated: unixSeconds(lot.createdAt),
    DUpdated: unixSeconds(lot.updatedAt),
    Updated: parisIso(lot.updatedAt),
    AssignedTo: { Extcode: null, FullName: `${account.salesman.firstName} ${account.salesman.name}` },
    Percentage: null,
    EtlBatch: guidOf(account.slug, 'etl').slice(0, 6),
  };
}

export function programmeOnWire(programme: Programme): Record<string, unknown> {
  return {
    Guid: programme.guid,
    Label: programme.label,
    Extcode: programme.code,
    Regroup: programme.regroup,
    IsActive: programme.active,
    IsActiveDeals: programme.active,
    Steps: programme.steps,
    MoreFields: programme.moreFields,
    Color: null,
  };
}
