import { readDay } from '@/lib/core/days';
import { type Cents, parseEuros } from '@/lib/core/money';
import type { KobanLists } from '@/lib/promoters/schema';
import type { FileField, FileForm, FileStep } from './schema';

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

/** The fields of `to` whose value is not that of `from`. */
export const changesBetween = (from: FileForm, to: FileForm): Partial<FileForm> =>
  Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name as FileField] !== value));

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
