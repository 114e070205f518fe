import { type Cents, parseEuros } from '@/lib/core/money';
import { parisParts } from '@/lib/core/paris';
import type { KobanLists } from '@/lib/promoters/schema';
import type { FileField, FileForm, FileStep, ReservationLine } from './schema';

/** A calendar day in Paris, `YYYY-MM-DD`: compared as text. */
export type Day = string;

const text = (year: number, month: number, day: number): Day =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');

/** The day that a calendar in Paris shows at this instant. */
export function parisDay(instant: Date): Day {
  const { year, month, day } = parisParts(instant);
  return text(year, month, day);
}

/** Year, month (from 1) and day; null when no calendar has such a day. */
export function readDay(typed: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const last = lastDay(year, month);
  return month >= 1 && month <= 12 && day >= 1 && day <= last ? { year, month, day } : null;
}

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same day so many months later; the last of the month where there is none (29 February, 31 March). */
export function addMonths(day: Day, months: number): Day {
  const read = readDay(day);
  if (!read) throw new RangeError('Not a day');
  const count = read.year * 12 + read.month - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return text(year, month, Math.min(read.day, lastDay(year, month)));
}

/** What a text of law said of the deposit from a day on: its share of the price, by how soon the deed is to be signed. */
export type DepositLaw = {
  since: Day;
  source: string;
  steps: readonly { withinMonths: number; percent: number }[];
};

/**
 * Caps of the deposit of a contrat de réservation (VEFA), oldest first. The delay runs to the deed, not to the delivery.
 * A change of the law is one more entry: what was signed before keeps the cap of its day (docs/decisions/0008).
 */
export const DEPOSIT_LAWS: readonly DepositLaw[] = [
  {
    since: '1978-06-08',
    source: 'CCH, art. R261-28',
    steps: [
      { withinMonths: 12, percent: 5 },
      { withinMonths: 24, percent: 2 },
    ],
  },
];

/** The entry of a dated table that holds on a day; the oldest before it began. */
export function heldOn<Entry extends { since: Day }>(table: readonly Entry[], day: Day): Entry {
  const entry = table.findLast(({ since }) => since <= day) ?? table[0];
  if (!entry) throw new Error('An empty table of law');
  return entry;
}

/** The most that a deposit may be. `withinMonths`: the delay whose percentage holds; null beyond all, where none may be asked for. */
export type DepositCap = { capCents: Cents; percent: number; withinMonths: number | null; source: string };

/** The cap for a reservation signed on a day, whose deed is expected on another. Cents are rounded down: a cap is not exceeded. */
export function depositCap(priceCents: Cents, { signed, deed }: { signed: Day; deed: Day }): DepositCap {
  const { steps, source } = heldOn(DEPOSIT_LAWS, signed);
  const step = steps.find(({ withinMonths }) => deed <= addMonths(signed, withinMonths));
  if (!step) return { capCents: 0, percent: 0, withinMonths: null, source };
  return { capCents: Math.floor((priceCents * step.percent) / 100), ...step, source };
}

/** A rate of VAT on new homes; `per10000` of the price before tax. */
export type VatRate = { code: string; per10000: number; since: Day; until: Day | null; source: string };

/** Rates in force, by day. Whether a buyer has a right to a reduced one is the promoter's and the notary's to say. */
export const VAT_RATES: readonly VatRate[] = [
  { code: '20', per10000: 2000, since: '2014-01-01', until: null, source: 'CGI, art. 278' },
  { code: '10', per10000: 1000, since: '2014-07-01', until: null, source: 'CGI, art. 279-0 bis A' },
  { code: '5.5', per10000: 550, since: '2014-01-01', until: null, source: 'CGI, art. 278 sexies' },
];

export const vatRatesOn = (day: Day): readonly VatRate[] =>
  VAT_RATES.filter(({ since, until }) => since <= day && (until === null || day <= until));

/** The tax within a price that includes it, in cents, rounded to the nearest. */
export function vatWithin(priceCents: Cents, per10000: number): Cents {
  return priceCents - Math.round((priceCents * 10_000) / (10_000 + per10000));
}

/** What a purchase costs, what pays for it, and what is still to be found (negative: more than needed). */
export type Funding = { totalCents: Cents; fundedCents: Cents; missingCents: Cents };

/** Sums of a file; an amount not given counts for nothing. Annexes are sold beside the price. */
export function fundingOf(file: {
  price: Cents | null;
  annexes: readonly (Cents | null)[];
  means: readonly (Cents | null)[];
}): Funding {
  const sum = (amounts: readonly (Cents | null)[]) =>
    amounts.reduce<Cents>((total, amount) => total + (amount ?? 0), 0);
  const totalCents = sum([file.price, ...file.annexes]);
  const fundedCents = sum(file.means);
  return { totalCents, fundedCents, missingCents: totalCents - fundedCents };
}

/** What GetLotStatus says of a lot, as far as a reservation is concerned. */
export type LotReading = 'free' | 'optioned' | 'full' | 'prereserved' | 'unknown-lot' | 'unexpected';

/** Why no pre-reservation is sent on a lot read so; null when one may be. Koban alone knows whose options a lot bears. */
export function noPreresv(reading: LotReading): 'lot-prereserved' | 'lot-unknown' | 'lot-not-open' | null {
  switch (reading) {
    case 'free':
    case 'optioned':
    case 'full':
      return null;
    case 'prereserved':
      return 'lot-prereserved';
    case 'unknown-lot':
      return 'lot-unknown';
    case 'unexpected':
      return 'lot-not-open';
  }
}

/** Nothing seen this long after sending is the strongest « no trace » there is (RELIABILITY rule 8). Milliseconds. */
const NO_TRACE_MS = 15 * 60_000;

/** What a reading after an unknown Add suggests. -2 is never proof that the pre-reservation is ours (RELIABILITY, Annex A). */
export function judgePreresvReading(reading: LotReading, sinceMs: number): string {
  if (reading === 'prereserved') return 'preresv-whose-unknown';
  return sinceMs >= NO_TRACE_MS ? 'preresv-no-trace' : 'preresv-unknown';
}

/**
 * What a reading after an unknown Desist says: a lot on which an option is possible or in progress is no longer reserved, which is
 * done by state (Annex A). A lot that Koban no longer knows, or describes in a way of its own, says nothing.
 */
export function judgeDesistReading(reading: LotReading, sinceMs: number): 'withdrawn' | string {
  switch (reading) {
    case 'free':
    case 'optioned':
    case 'full':
      return 'withdrawn';
    case 'prereserved':
    case 'unknown-lot':
    case 'unexpected':
      return sinceMs >= NO_TRACE_MS ? 'desist-no-trace' : 'desist-unknown';
  }
}

/** Whether a file may be validated on a lot read so. Koban does not say how it describes a lot whose file is. */
export const mayBeValidated = (reading: LotReading): boolean =>
  reading === 'prereserved' || reading === 'unexpected';

/** Which fields of the complete file stand in which step, in order. */
export const STEP_FIELDS = {
  buyers: [
    ...(['gender', 'lastName', 'firstName', 'birthDay', 'companyName', 'street', 'addressMore'] as const),
    ...(['zipCode', 'city', 'phone', 'email', 'profession', 'hasSecond', 'lastName2'] as const),
    ...([
      'firstName2',
      'birthDay2',
      'street2',
      'zipCode2',
      'city2',
      'phone2',
      'email2',
      'profession2',
    ] as const),
  ],
  price: ['price', 'deposit', 'deedDay'],
  financing: ['downPayment', 'severalLoans', 'loan1', 'loan2', 'hasPtz', 'ptz'],
  tax: [
    ...(['vat', 'notaryOffered', 'notaryFees', 'annex1', 'annex2', 'annex3', 'annex4', 'annex5'] as const),
    'optionsText',
  ],
  origin: ['originCode', 'saleChannelCode', 'purchaseKindCode'],
} as const satisfies Record<Exclude<FileStep, 'recap'>, readonly FileField[]>;

type GivenStep = keyof typeof STEP_FIELDS;

const onlyWith: Partial<Record<FileField, 'hasSecond' | 'severalLoans' | 'hasPtz' | 'notaryOffered'>> = {
  lastName2: 'hasSecond',
  firstName2: 'hasSecond',
  birthDay2: 'hasSecond',
  street2: 'hasSecond',
  zipCode2: 'hasSecond',
  city2: 'hasSecond',
  phone2: 'hasSecond',
  email2: 'hasSecond',
  profession2: 'hasSecond',
  loan2: 'severalLoans',
  ptz: 'hasPtz',
  notaryFees: 'notaryOffered',
};

const amounts: readonly FileField[] = [
  ...(['price', 'deposit', 'downPayment', 'loan1', 'loan2', 'ptz', 'notaryFees'] as const),
  ...(['annex1', 'annex2', 'annex3', 'annex4', 'annex5'] as const),
];
const days: readonly FileField[] = ['birthDay', 'birthDay2', 'deedDay'];

/** Which of the promoter's lists gives the codes of a field, in the file that is typed and in the one that Koban validated. */
const LISTS = {
  profession: 'professions',
  profession2: 'professions',
  originCode: 'originChannels',
  saleChannelCode: 'saleChannels',
  purchaseKindCode: 'purchaseKinds',
} as const satisfies Partial<Record<FileField, keyof KobanLists>>;
const KOBAN_LISTS: Record<string, keyof KobanLists> = {
  Res1Profession: 'professions',
  Res2Profession: 'professions',
  CanalOrigine: 'originChannels',
  CanalVente: 'saleChannels',
  NatureAchat: 'purchaseKinds',
};

/** A field of the complete file whose value is a code of one of the promoter's lists. */
export type ListedField = keyof typeof LISTS;
const listed = Object.keys(LISTS) as ListedField[];

/** What may be chosen in a field; empty when the promoter gave no list, and then it is not asked for. */
export const choicesOf = (field: ListedField, lists: KobanLists) => lists[LISTS[field]];

/** The fields whose code is in none of the promoter's lists. */
export function unlisted(file: FileForm, lists: KobanLists): ListedField[] {
  return listed.filter(
    (field) => file[field] !== '' && !choicesOf(field, lists).some(({ code }) => code === file[field]),
  );
}

/** A file without the codes that the promoter's lists do not hold, or hold no more. */
export function listedOnly(file: FileForm, lists: KobanLists): FileForm {
  return { ...file, ...Object.fromEntries(unlisted(file, lists).map((field) => [field, ''])) };
}

/** How a field's value reads: the label of its code where the promoter gave its list. */
export function labelOf(field: FileField, value: string, lists: KobanLists): string {
  const coded = listed.find((each) => each === field);
  return (coded && choicesOf(coded, lists).find(({ code }) => code === value)?.label) ?? value;
}

/** How a value of a validated file reads: the label of its code where the promoter gave its list. */
export function labelOfKoban(name: string, value: string, lists: KobanLists): string {
  const list = KOBAN_LISTS[name];
  return (list && lists[list].find(({ code }) => code === value)?.label) ?? value;
}

/** One field of a file as it is read: what it is, and its value. */
export type FileRow = { field: FileField } & (
  | { kind: 'text' | 'rate'; value: string }
  | { kind: 'gender'; value: 'M' | 'MME' }
  | { kind: 'yes-no'; value: boolean }
  | { kind: 'money'; cents: Cents }
  | { kind: 'day'; day: Date }
);

/** A file as it is read, step by step: what was given, less what a choice has made meaningless. */
export function fileRows(file: FileForm, lists: KobanLists): { step: GivenStep; rows: FileRow[] }[] {
  const steps = Object.keys(STEP_FIELDS) as GivenStep[];
  return steps.map((step) => ({
    step,
    rows: STEP_FIELDS[step].flatMap((field) => rowOf(field, file, lists)),
  }));
}

function rowOf(field: FileField, file: FileForm, lists: KobanLists): FileRow[] {
  const choice = onlyWith[field];
  if (choice !== undefined && !file[choice]) return [];
  const value = file[field];
  if (typeof value === 'boolean') return [{ field, kind: 'yes-no', value }];
  if (value.trim() === '') return [];
  if (value === 'M' || value === 'MME') {
    if (field === 'gender') return [{ field, kind: 'gender', value }];
  }
  if (field === 'vat') return [{ field, kind: 'rate', value }];
  const cents = amounts.includes(field) ? parseEuros(value) : null;
  if (cents !== null) return [{ field, kind: 'money', cents }];
  // Noon, so that the day is the same one wherever it is written out.
  if (days.includes(field) && readDay(value)) {
    return [{ field, kind: 'day', day: new Date(`${value}T12:00:00Z`) }];
  }
  return [{ field, kind: 'text', value: labelOf(field, value, lists) }];
}

/** What may be done with a reservation now. */
export type NextAct = 'reserve-again' | 'fill' | 'withdraw' | 'wait';

/** Acts that a reservation's state allows; Koban's answer and the lot's other acts decide when one is tried. */
export function nextActs(reservation: Pick<ReservationLine, 'state' | 'fileSent' | 'act'>): NextAct[] {
  const { state, fileSent, act } = reservation;
  if (act.state === 'open' || act.state === 'uncertain') return ['wait'];
  switch (state) {
    case 'preresv':
      return fileSent ? ['withdraw'] : ['fill', 'withdraw'];
    case 'validated':
      return ['withdraw'];
    case 'refused':
    case 'unsent':
    case 'withdrawn':
    case 'abandoned':
      return ['reserve-again'];
    case 'draft':
    case 'pending':
    case 'uncertain':
      return ['wait'];
  }
}

/** Koban's file, group by group, by Koban's own names; what it sends besides comes last. `_cent` fields and prices are cents. */
export const KOBAN_GROUPS = {
  sale: [
    ...(['Lot_Code', 'Vendeur_Groupe', 'PreresaDate', 'PrixVente', 'Garantie', 'TVA', 'Options'] as const),
    ...(['AutreParking', 'Annexe1_cent', 'Annexe2_cent', 'Annexe3_cent', 'Annexe4_cent'] as const),
    'Annexe5_cent',
  ],
  first: [
    ...(['Res1Genre', 'Res1Nom', 'Res1Prenom', 'Res1DateNaissance', 'Res1NomSCI'] as const),
    ...(['Res1Adr_Street', 'Res1Adr_Complement', 'Res1Adr_ZipCode', 'Res1Adr_City'] as const),
    ...(['Res1Phone', 'Res1Mail', 'Res1Profession_Label'] as const),
  ],
  second: [
    ...(['Res2', 'Res2Nom', 'Res2Prenom', 'Res2DateNaissance', 'Res2Adr_Street'] as const),
    ...(['Res2Adr_ZipCode', 'Res2Adr_City', 'Res2Phone', 'Res2Mail', 'Res2Profession_Label'] as const),
  ],
  funding: [
    ...(['Apport_cent', 'PlusieursPrets', 'PretImmo1_cent', 'PretImmo2_cent', 'PTZ'] as const),
    ...(['PTZMontant_cent', 'FraisNotaireOffert', 'FraisNotaireMontant_cent'] as const),
  ],
  origin: [
    ...(['CanalOrigine_Label', 'CanalOrigine_sId', 'CanalVente_Label', 'NatureAchat_Label'] as const),
    ...(['AssignedTo_Name', 'AssignedTo_FirstName', 'AssignedTo_EMail'] as const),
  ],
  references: ['_id', 'DealId', 'ThirdId', 'OptionId', 'DealProcessId', 'AssignedToId'],
} as const;

/** Whether a field of Koban's file is an amount, in cents. */
export const isAmount = (field: string): boolean =>
  field.endsWith('_cent') || field === 'PrixVente' || field === 'Garantie';
