import type { Account } from '../core/account';
import { guidOf, pick, seededRandom } from '../core/ids';
import type { Lot, Option, Third } from '../core/model';
import { cabinets, firstNames, lastNames } from './people';
import type { Site } from './sites';

const HOUR = 3_600_000;

/** The guid of a CGP third in an account: conventions of the demo carry it. */
export function cabinetGuid(account: string, extcode: string): string {
  return guidOf(account, 'cgp', extcode);
}

/** Puts the CGP thirds in an account. */
export function addCabinets(account: Account, now: number): void {
  for (const { extcode, label, email, city, zip } of cabinets)
    addThird(account, cabinetGuid(account.slug, extcode), now - 400 * 24 * HOUR, {
      ...{ Extcode: extcode, Label: label, EMail: email, Status: { Code: 'CGP', Label: 'CGP' } },
      Address: { Street: null, ZipCode: zip, City: city, Country: 'France' },
    });
}

function addThird(account: Account, guid: string, at: number, wire: Record<string, unknown>): Third {
  const third: Third = { guid, createdAt: at, updatedAt: at, wire };
  account.thirds.set(guid, third);
  return third;
}

/** Prospects that the demo's own script uses: one that exists, one already denounced by a rival. Documented in docs/sandbox.md. */
export function addKnownProspects(account: Account, now: number): void {
  addThird(account, guidOf(account.slug, 'known'), now - 60 * 24 * HOUR, {
    ...{ Extcode: null, Label: 'Marchand', FirstName: 'Hélène', EMail: 'helene.marchand@exemple.fr' },
    ...{ Cell: '06 12 34 56 78', Status: { Code: 'PROSPECT' }, Origin: { Code: 'WEB' } },
  });
  const denounced = addThird(account, guidOf(account.slug, 'denounced'), now - 20 * 24 * HOUR, {
    ...{ Extcode: null, Label: 'Renaud', FirstName: 'Paul', EMail: 'paul.renaud@exemple.fr' },
    ...{ Cell: '06 98 76 54 32', Status: { Code: 'PROSPECT' }, Origin: { Code: 'CGP' } },
  });
  for (const programme of account.programmes.values())
    account.denonciations.push({
      guid: guidOf(account.slug, 'denounced', programme.code),
      programme: programme.code,
      thirdGuid: denounced.guid,
      byGuid: cabinetGuid(account.slug, 'CGP-HORIZON'),
      at: now - 20 * 24 * HOUR,
    });
}

/** Gives a programme's free lots a past: sold, reserved, under option by rivals, blocked, kept for partners. */
export function giveLife(account: Account, site: Site, lots: readonly Lot[], now: number): void {
  const random = seededRandom(`${site.code} life`);
  for (const lot of lots) {
    if (lot.secondary) continue;
    const draw = random();
    const rest = (draw - site.sold) / (1 - site.sold);
    if (draw < site.sold * 0.4) reserve(account, lot, now, random, true).result = 'WON';
    else if (draw < site.sold * 0.82) reserve(account, lot, now, random, true);
    else if (draw < site.sold) reserve(account, lot, now, random, false);
    else if (rest < 0.13) placeRivals(account, lot, now, random, rest < 0.035 ? 2 : 1);
    else if (rest < 0.19) lot.status = 'BLOQUE';
    else if (rest < 0.19 + site.partnerShare) lot.status = 'PARTENAIRE';
  }
  const principals = new Map(lots.map((lot) => [lot.guid, lot]));
  for (const lot of lots) {
    const principal = lot.link === null ? undefined : principals.get(lot.link);
    if (!principal) continue;
    lot.status = principal.status;
    lot.result = principal.result;
  }
}

function rival(account: Account, lot: Lot, now: number, random: () => number, rank: number): Third {
  const label = pick(lastNames, random);
  const firstName = pick(firstNames, random);
  const plain = `${firstName}.${label}`
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z.]+/g, '-');
  const number = String(account.thirds.size).padStart(3, '0');
  return addThird(account, guidOf(account.slug, lot.extcode, 'rival', rank), now - 15 * 24 * HOUR, {
    ...{ Extcode: null, Label: label, FirstName: firstName, EMail: `${plain}.${number}@exemple.fr` },
    ...{
      Cell: `06 39 98 ${number.slice(0, 1)}0 ${number.slice(1)}`,
      Status: { Code: 'PROSPECT' },
      Origin: { Code: 'CGP' },
    },
  });
}

function placeRivals(account: Account, lot: Lot, now: number, random: () => number, count: number): void {
  for (let rank = 1; rank <= count; rank++) {
    const placedAt = now - Math.floor((2 + random() * (account.policy.optionHours - 6)) * HOUR);
    const option: Option = {
      guid: guidOf(lot.guid, 'option', rank),
      rank,
      thirdGuid: rival(account, lot, now, random, rank).guid,
      partGuid: cabinetGuid(account.slug, random() < 0.5 ? 'CGP-HORIZON' : 'CGP-TILLEUL'),
      placedAt,
      expiresAt: placedAt + account.policy.optionHours * HOUR,
      prolongedTo: null,
      byApi: false,
    };
    lot.options.push(option);
  }
  lot.status = 'OPTION';
}

function reserve(account: Account, lot: Lot, now: number, random: () => number, validated: boolean): Lot {
  lot.preresv = {
    guid: guidOf(lot.guid, 'preresv'),
    thirdGuid: rival(account, lot, now, random, 1).guid,
    partGuid: null,
    optionGuid: null,
    at: now - Math.floor(random() * 90 * 24) * HOUR,
    validated,
    file: { PrixVente: (lot.priceCents ?? 0) / 100, Garantie: 5000 },
  };
  lot.status = validated ? 'RESV' : 'PRERESV';
  return lot;
}
