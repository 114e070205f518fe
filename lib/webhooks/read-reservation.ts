import { centsFromEuros } from '@/lib/core/money';
import { parisParts } from '@/lib/core/paris';
import type { KobanFile } from '@/lib/db/schema/reservations';
import { readKobanDate } from '@/lib/koban/dates';
import { readText } from '@/lib/koban/wire';

/**
 * A validated file as Koban tells it. `file`: every field of Koban Immobilier's « Validation d'un dossier de réservation » under its
 * own name; amounts in cents, dates as ISO text (days without an hour for births), O/N as booleans, null where Koban gave nothing.
 */
export type ReservationTold = { thirdGuid: string | null; file: KobanFile };

/** What a field holds. `euros`: decimal euros, kept in cents; `cents`: cents already; `instant`, `day`: a date. */
type Kind = 'text' | 'euros' | 'cents' | 'instant' | 'day' | 'yes-no';

const kinds: Record<string, Kind> = {
  ...of('text', 'Lot_Code Vendeur_Groupe Res1Genre _id DealId ThirdId AssignedToId OptionId DealProcessId'),
  ...of(
    'text',
    'Res1Nom Res1Prenom CanalOrigine_sId CanalOrigine_Label Res1NomSCI Res1Adr_Street Res1Adr_Complement',
  ),
  ...of(
    'text',
    'Res1Adr_ZipCode Res1Adr_City Res1Phone Res1Mail Res2Nom Res2Prenom Res2Phone Res2Mail AutreParking',
  ),
  ...of(
    'text',
    'Options TVA CanalVente_Label Res1Profession_Label Res2Profession_Label Res2Adr_Street Res2Adr_ZipCode',
  ),
  ...of('text', 'Res2Adr_City NatureAchat_Label AssignedTo_Name AssignedTo_FirstName AssignedTo_EMail'),
  ...of('euros', 'PrixVente Garantie'),
  ...of(
    'cents',
    'Annexe1_cent Annexe2_cent Annexe3_cent Annexe4_cent Annexe5_cent FraisNotaireMontant_cent Apport_cent',
  ),
  ...of('cents', 'PretImmo1_cent PretImmo2_cent PTZMontant_cent'),
  ...of('instant', 'PreresaDate'),
  ...of('day', 'Res1DateNaissance Res2DateNaissance'),
  ...of('yes-no', 'Res2 FraisNotaireOffert PlusieursPrets PTZ'),
};

function of(kind: Kind, names: string): Record<string, Kind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

/** Reads the fields of `reservation-validated`. A field that nobody announced is kept as text, since it may be news. */
export function readReservation(fields: Record<string, string>): ReservationTold {
  const announced = Object.entries(kinds).map(([name, kind]) => [name, read(kind, fields[name])] as const);
  const more = Object.entries(fields)
    .filter(([name]) => !Object.hasOwn(kinds, name))
    .map(([name, value]) => [name, readText(value)] as const);
  return {
    thirdGuid: readText(fields.ThirdId),
    file: Object.fromEntries([...announced, ...more]),
  };
}

function read(kind: Kind, raw: string | undefined): string | number | boolean | null {
  const text = readText(raw);
  if (text === null) return null;
  switch (kind) {
    case 'text':
      return text;
    case 'euros':
      return centsFromEuros(text);
    case 'cents':
      return centsOf(text);
    case 'instant':
      return readKobanDate(text).date?.toISOString() ?? null;
    case 'day':
      return dayOf(text);
    case 'yes-no':
      return yesOrNo(text);
  }
}

/** Whole cents, as integer text; « 1250.0 » is one too. Null for anything else. */
function centsOf(text: string): number | null {
  const cents = Number(text.replace(',', '.'));
  return Number.isSafeInteger(cents) ? cents : null;
}

const FRENCH_DAY = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})/;

/** A birth day as `1980-02-29`: births come before the years in which an instant is plausible. */
function dayOf(text: string): string | null {
  const french = FRENCH_DAY.exec(text);
  const iso = ISO_DAY.exec(text);
  const day = french ? `${french[3]}-${french[2]}-${french[1]}` : iso ? iso[0] : dotnetDay(text);
  // Year 1 is how .NET spells "none".
  if (day === null || day.startsWith('0001') || Number.isNaN(Date.parse(day))) return null;
  return new Date(day).toISOString().slice(0, 10) === day ? day : null;
}

const DOTNET = /^\/Date\((-?\d+)/;

function dotnetDay(text: string): string | null {
  const ms = DOTNET.exec(text)?.[1];
  if (ms === undefined) return null;
  const parts = parisParts(new Date(Number(ms)));
  return `${String(parts.year).padStart(4, '0')}-${String(parts.month).padStart(2, '0')}-${String(parts.day).padStart(2, '0')}`;
}

/** « O », « Oui », « true », « 1 »; anything that says neither is no answer. */
function yesOrNo(text: string): boolean | null {
  if (/^(o|oui|true|1|yes)$/i.test(text)) return true;
  return /^(n|non|false|0|no)$/i.test(text) ? false : null;
}
