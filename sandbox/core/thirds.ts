import type { Account } from './account';
import { unixSeconds } from './dates';
import type { Denonciation, Programme, Third } from './model';
import { field, sameEmail, samePhone, textOf } from './reading';
import { notify, recordEffect, type Scene } from './world';

export type Written = { Success: boolean; Result: unknown; Message?: string; Errors: string[] | null };

/** A refusal at HTTP 200, as Koban gives them (PUB). */
export function writeRefused(account: Account, message: string): Written {
  return {
    Success: false,
    Result: null,
    Message: message,
    Errors: account.policy.errorsNull ? null : [message],
  };
}

/** A third as it is read: what was posted, with Koban's own properties. */
export function thirdOnWire(third: Third): Record<string, unknown> {
  return {
    ...third.wire,
    Guid: third.guid,
    DCreated: unixSeconds(third.createdAt),
    DUpdated: unixSeconds(third.updatedAt),
    Score: null,
  };
}

/** Finds a third by one of its unique properties (PUB). `Email` and `EMail` are the same. */
export function findThird(account: Account, property: string, value: string | null): Third | null {
  if (value === null) return null;
  if (property === 'Guid') return account.thirds.get(value) ?? null;
  if (property.toLowerCase() === 'email')
    return account.thirdBy((third) => sameEmail(third.wire.EMail) === value.toLowerCase());
  return account.thirdBy((third) => textOf(third.wire[property]) === value);
}

function match(account: Account, uniqueProperty: string, body: object): Third | null {
  const order: Record<string, string[]> = {
    ExtcodeThenEmail: ['Extcode', 'EMail'],
    GuidThenExtcodeThenEMail: ['Guid', 'Extcode', 'EMail'],
    Email: ['EMail'],
  };
  for (const property of order[uniqueProperty] ?? [uniqueProperty]) {
    const found = findThird(account, property, textOf(field(body, property)));
    if (found) return found;
  }
  return null;
}

/** Creates a third, or updates the one whose unique property matches; only posted properties change (PUB; merging ASSUMED). */
export function writeThird(
  scene: Scene,
  uniqueProperty: string,
  body: unknown,
): { created: boolean; answer: Written; third?: Third } {
  const { account, world } = scene;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { created: false, answer: writeRefused(account, 'Objet attendu') };
  const existing = match(account, uniqueProperty, body);
  if (!existing && textOf(field(body, 'Label')) === null)
    return { created: false, answer: writeRefused(account, 'Le nom (Label) est obligatoire') };
  const now = world.clock.now();
  const guid = existing?.guid ?? account.newGuid('third');
  const third: Third = existing ?? { guid, createdAt: now, updatedAt: now, wire: {} };
  third.wire = { ...third.wire, ...body };
  third.updatedAt = now;
  account.thirds.set(third.guid, third);
  recordEffect(scene, existing ? 'third-updated' : 'third-created', {
    third: third.guid,
    extcode: textOf(third.wire.Extcode),
    status: textOf(field(third.wire, 'Status', 'Code')),
  });
  return { created: !existing, answer: { Success: true, Result: third.guid, Errors: [] }, third };
}

/** The prospect that this person is, recognised by e-mail or phone (ASSUMED). CGP thirds are not prospects. */
export function findProspect(account: Account, person: unknown): Third | null {
  const email = sameEmail(field(person, 'EMail'));
  const phone = samePhone(field(person, 'Phone')) ?? samePhone(field(person, 'Cell'));
  return account.thirdBy(
    ({ wire }) =>
      textOf(field(wire, 'Status', 'Code')) !== 'CGP' &&
      ((email !== null && sameEmail(wire.EMail) === email) ||
        (phone !== null && (samePhone(wire.Phone) === phone || samePhone(wire.Cell) === phone))),
  );
}

function findProgramme(account: Account, body: unknown): Programme | null {
  return account.programmes.get(textOf(field(body, 'Process', 'Code')) ?? '') ?? null;
}

function findDenonciation(
  account: Account,
  programme: Programme,
  prospect: Third | null,
): Denonciation | null {
  if (!prospect) return null;
  return (
    account.denonciations.find(
      (one) => one.programme === programme.code && one.thirdGuid === prospect.guid,
    ) ?? null
  );
}

/** CheckDenonc (DOC). An unknown programme has no dénonciation module (ASSUMED). */
export function checkDenonciation(account: Account, body: unknown): Record<string, unknown> {
  const programme = findProgramme(account, body);
  if (!account.policy.denonciationActive || !programme)
    return { Activated: false, IsDenonced: false, Exists: false };
  const prospect = findProspect(account, body);
  const IsDenonced = findDenonciation(account, programme, prospect) !== null;
  const third = prospect && account.policy.checkGivesThird ? { Third: { Guid: prospect.guid } } : {};
  return { Activated: true, IsDenonced, Exists: prospect !== null, ...third };
}

/** ncDenonc/Create (input DOC, answer ASSUMED): the prospect must exist, and a given `By` must be a CGP of this account. */
export function createDenonciation(scene: Scene, body: unknown): Written {
  const { account, world } = scene;
  const programme = findProgramme(account, body);
  if (!account.policy.denonciationActive || !programme)
    return writeRefused(account, 'Le module dénonciation n’est pas activé');
  const prospect = findProspect(account, body);
  if (!prospect) return writeRefused(account, 'Prospect introuvable');
  const byGuid = textOf(field(body, 'By')) ?? textOf(field(body, 'By', 'Guid'));
  if (byGuid !== null && !account.thirds.has(byGuid)) return writeRefused(account, 'Partenaire introuvable');
  if (account.policy.secondDenonciation === 'refuse' && findDenonciation(account, programme, prospect))
    return writeRefused(account, 'Une dénonciation existe déjà pour ce prospect');
  const denonciation: Denonciation = {
    guid: account.newGuid('denonciation'),
    programme: programme.code,
    thirdGuid: prospect.guid,
    byGuid,
    at: world.clock.now(),
  };
  account.denonciations.push(denonciation);
  recordEffect(scene, 'denonciation-created', {
    denonciation: denonciation.guid,
    programme: programme.code,
    third: prospect.guid,
    by: byGuid,
  });
  return { Success: true, Result: denonciation.guid, Message: 'Dénonciation enregistrée', Errors: [] };
}

/** A lead arrives at the promoter's (webhook PUB). */
export function announceLead(scene: Scene, lead: Record<string, unknown>): void {
  const guid = scene.account.newGuid('lead');
  const fields = ['Name', 'FirstName', 'EMail', 'Phone', 'Mobile', 'Tags', 'MoreFields', 'Optin', 'Comments'];
  recordEffect(scene, 'lead-received', { lead: guid });
  notify(scene, 'lead', {
    Contact_Type: 'Lead',
    Lead_Guid: guid,
    Third_Guid: textOf(lead.Third_Guid) ?? '',
    ...Object.fromEntries(fields.map((name) => [name, textOf(lead[name]) ?? ''])),
  });
}
