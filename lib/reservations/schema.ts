import { z } from 'zod';
import { parseEuros } from '@/lib/core/money';
import { normaliseEmail } from '@/lib/core/normalise';
import { normalisePhone } from '@/lib/core/phone';
import { lotRefSchema } from '@/lib/options/schema';
import type { KobanLists } from '@/lib/promoters/schema';
import { type Day, depositCap, parisDay, readDay, vatRatesOn } from './rules';

// Issue messages are codes: their sentences are in the message files, under `acts.fields`.

const text = (max: number) => z.string().trim().max(max, 'too-long');
const required = (max: number) => text(max).min(1, 'required');
const optional = (max: number) => text(max).transform((typed) => (typed === '' ? undefined : typed));

const email = required(200).transform(normaliseEmail).pipe(z.email('email'));
const optionalEmail = text(200)
  .transform((typed) => (typed === '' ? undefined : normaliseEmail(typed)))
  .pipe(z.email('email').optional());

const readPhone = (typed: string, ctx: z.RefinementCtx): string => {
  const read = normalisePhone(typed);
  if ('e164' in read) return read.e164;
  ctx.addIssue({ code: 'custom', message: `phone-${read.reason}` });
  return z.NEVER;
};
const phone = required(40).transform(readPhone);
const optionalPhone = text(40).transform((typed, ctx) => (typed === '' ? undefined : readPhone(typed, ctx)));

/** An amount as typed; cents come out. */
const amount = required(20).transform((typed, ctx) => {
  const cents = parseEuros(typed);
  if (cents !== null) return cents;
  ctx.addIssue({ code: 'custom', message: 'amount' });
  return z.NEVER;
});
const optionalAmount = text(20).transform((typed, ctx) => {
  if (typed === '') return undefined;
  const cents = parseEuros(typed);
  if (cents !== null) return cents;
  ctx.addIssue({ code: 'custom', message: 'amount' });
  return z.NEVER;
});
const price = amount.refine((cents) => cents > 0, 'amount');

const birthDay = required(10).transform((typed, ctx) => {
  const read = readDay(typed);
  if (read && typed >= '1900-01-01' && typed <= parisDay(new Date())) return read;
  ctx.addIssue({ code: 'custom', message: 'birth-day' });
  return z.NEVER;
});
const realDay = required(10).refine((typed) => readDay(typed) !== null, 'day');

/** The price, the deposit and when the deed is to be signed, on which the deposit's cap depends. */
const priceFields = { price, deposit: amount, deedDay: realDay };

type Priced = { price: number; deposit: number; deedDay: Day };

/** The cap of the deposit, and a deed not before the contract that it follows. `signed` is the day of the reservation. */
function checkDeposit(signed: Day) {
  return (value: Priced, ctx: z.RefinementCtx) => {
    if (value.deedDay < signed) {
      ctx.addIssue({ code: 'custom', path: ['deedDay'], message: 'day-past' });
      return;
    }
    const { capCents } = depositCap(value.price, { signed, deed: value.deedDay });
    if (value.deposit > capCents) {
      ctx.addIssue({ code: 'custom', path: ['deposit'], message: 'deposit-cap' });
    }
  };
}

/**
 * The form « Préréserver », for the browser and the server; amounts in cents come out. `formKey` is made when the form opens: sent
 * twice, it is one act.
 */
export const preresvSchema = z
  .object({
    formKey: z.uuid(),
    lot: lotRefSchema,
    denonciationId: z.uuid('prospect'),
    ...priceFields,
  })
  .superRefine((value, ctx) => checkDeposit(parisDay(new Date()))(value, ctx));
export type PreresvForm = z.input<typeof preresvSchema>;
export type PreresvInput = z.output<typeof preresvSchema>;

/** The steps of the complete file, in order; the last one shows it whole. */
export const fileSteps = ['buyers', 'price', 'financing', 'tax', 'origin', 'recap'] as const;
export type FileStep = (typeof fileSteps)[number];

const genders = ['M', 'MME'] as const;

const firstBuyer = z.object({
  gender: z.enum(genders, 'required'),
  lastName: required(80),
  firstName: required(80),
  birthDay,
  companyName: optional(120),
  street: required(160),
  addressMore: optional(160),
  zipCode: required(12),
  city: required(80),
  phone,
  email,
  profession: optional(60),
});

const secondBuyer = {
  lastName2: required(80),
  firstName2: required(80),
  birthDay2: birthDay,
  street2: optional(160),
  zipCode2: optional(12),
  city2: optional(80),
  phone2: optionalPhone,
  email2: optionalEmail,
  profession2: optional(60),
};

// Unions rather than refinements: a field that a choice makes necessary is faulted together with all the others.
const buyers = z.discriminatedUnion('hasSecond', [
  firstBuyer.extend({ hasSecond: z.literal(false) }),
  firstBuyer.extend({ hasSecond: z.literal(true), ...secondBuyer }),
]);

const loans = z.discriminatedUnion('severalLoans', [
  z.object({ severalLoans: z.literal(false), downPayment: optionalAmount, loan1: optionalAmount }),
  z.object({
    severalLoans: z.literal(true),
    downPayment: optionalAmount,
    loan1: amount,
    loan2: amount,
  }),
]);
const zeroRate = z.discriminatedUnion('hasPtz', [
  z.object({ hasPtz: z.literal(false) }),
  z.object({ hasPtz: z.literal(true), ptz: amount }),
]);

const taxes = (signed: Day) =>
  z.object({
    vat: text(6).refine((code) => vatRatesOn(signed).some((rate) => rate.code === code), 'required'),
    annex1: optionalAmount,
    annex2: optionalAmount,
    annex3: optionalAmount,
    annex4: optionalAmount,
    annex5: optionalAmount,
    optionsText: optional(500),
  });
const notary = z.discriminatedUnion('notaryOffered', [
  z.object({ notaryOffered: z.literal(false) }),
  z.object({ notaryOffered: z.literal(true), notaryFees: amount }),
]);

const origin = z.object({
  originCode: optional(60),
  saleChannelCode: optional(60),
  purchaseKindCode: optional(60),
});

/** The rules of each step of the complete file, for a reservation of this day: what the form checks and what the server takes. */
export const fileSchemas = (signed: Day) => ({
  buyers,
  price: z.object(priceFields).superRefine(checkDeposit(signed)),
  financing: z.intersection(loans, zeroRate),
  tax: z.intersection(taxes(signed), notary),
  origin,
});
type FileSchemas = ReturnType<typeof fileSchemas>;
/** A complete file that may be sent. Amounts in cents. */
export type CompleteFile = {
  [Step in keyof FileSchemas]: z.output<FileSchemas[Step]>;
};

/** The complete file as it is typed: every field, whatever its state. */
export const fileFormSchema = z.object({
  gender: z.enum([...genders, '']).catch(''),
  ...words('lastName', 'firstName', 'birthDay', 'companyName', 'street', 'addressMore', 'zipCode', 'city'),
  ...words('phone', 'email', 'profession'),
  hasSecond: z.boolean().catch(false),
  ...words('lastName2', 'firstName2', 'birthDay2', 'street2', 'zipCode2', 'city2', 'phone2', 'email2'),
  ...words('profession2', 'price', 'deposit', 'deedDay', 'downPayment', 'loan1', 'loan2', 'ptz'),
  severalLoans: z.boolean().catch(false),
  hasPtz: z.boolean().catch(false),
  ...words('vat', 'notaryFees', 'annex1', 'annex2', 'annex3', 'annex4', 'annex5', 'optionsText'),
  notaryOffered: z.boolean().catch(false),
  ...words('originCode', 'saleChannelCode', 'purchaseKindCode'),
});
export type FileForm = z.output<typeof fileFormSchema>;
export type FileField = keyof FileForm;

// What an earlier version of the form left in a draft is taken where it can be read; the rest is empty again.
function words<Name extends string>(...names: Name[]) {
  const entries = names.map((name) => [name, z.string().max(1000).catch('')]);
  return Object.fromEntries(entries) as Record<Name, z.ZodCatch<z.ZodString>>;
}

/** What is wrong with a step, by field: codes of `acts.fields`. Empty when it may be sent. */
export function faultsOf(step: FileStep, values: FileForm, signed: Day): Partial<Record<FileField, string>> {
  if (step === 'recap') return {};
  const read = fileSchemas(signed)[step].safeParse(values);
  if (read.success) return {};
  return Object.fromEntries(read.error.issues.toReversed().map(({ path, message }) => [path[0], message]));
}

/** The whole file when every step holds, or null. */
export function readFile(values: FileForm, signed: Day): CompleteFile | null {
  const schemas = fileSchemas(signed);
  const [one, two, three, four, five] = [
    schemas.buyers.safeParse(values),
    schemas.price.safeParse(values),
    schemas.financing.safeParse(values),
    schemas.tax.safeParse(values),
    schemas.origin.safeParse(values),
  ];
  if (!one.success || !two.success || !three.success || !four.success || !five.success) return null;
  return { buyers: one.data, price: two.data, financing: three.data, tax: four.data, origin: five.data };
}

const fieldNames = Object.keys(fileFormSchema.shape) as FileField[];

/** Fields that were just typed: each replaces what was kept of it, and no other. */
export const saveDraftSchema = z.object({
  id: z.uuid(),
  step: z.enum(fileSteps),
  fields: z.partialRecord(z.enum(fieldNames), z.union([z.string().max(1000), z.boolean()])),
});
export type SaveDraftInput = z.infer<typeof saveDraftSchema>;

/** The complete file as it stands on the screen that sends it. */
export const sendDossierSchema = z.object({ formKey: z.uuid(), id: z.uuid(), values: fileFormSchema });
export type SendDossierInput = z.infer<typeof sendDossierSchema>;

/** The dialog « Désister ». */
export const withdrawSchema = z.object({ formKey: z.uuid(), id: z.uuid(), reason: required(500) });
export type WithdrawInput = z.infer<typeof withdrawSchema>;

/** The id of a reservation in an address. */
export const reservationIdSchema = z.uuid();

/** States of a reservation, as stored. */
export type ReservationState =
  | 'draft'
  | 'pending'
  | 'preresv'
  | 'validated'
  | 'withdrawn'
  | 'refused'
  | 'unsent'
  | 'uncertain'
  | 'abandoned';

/** What « Réservations » filters on. */
export const reservationFilters = ['live', 'uncertain', 'validated', 'ended', 'refused'] as const;

/** Filter of « Réservations », as it stands in the URL. Pages count from 1. */
export const reservationFilterSchema = z.object({
  q: z.string().trim().max(120).catch(''),
  state: z.enum(reservationFilters).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
export type ReservationFilter = z.infer<typeof reservationFilterSchema>;

/** The latest act on a reservation: what it does, and where it stands. `code` is a sentence of `acts.codes`. */
export type LatestAct = {
  kind: 'preresv' | 'dossier' | 'desistement';
  state: 'open' | 'done' | 'refused' | 'unsent' | 'uncertain' | 'abandoned';
  code: string | null;
  kobanMessage: string | null;
  nextCheckAt: Date | null;
};

/** One line of « Réservations ». Amounts in cents. */
export type ReservationLine = {
  id: string;
  reference: string;
  state: ReservationState;
  createdAt: Date;
  filedBy: string;
  priceCents: number;
  fileSent: boolean;
  act: LatestAct;
  prospect: { lastName: string; firstName: string };
  lot: { extcode: string; label: string; typology: string | null };
  programme: { code: string; label: string; promoter: string; promoterName: string };
};

export type ReservationPage = {
  lines: ReservationLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<(typeof reservationFilters)[number], number>>;
};

/** What happened to a reservation: an entry of the audit, or a step of one of its acts. */
export type TimelineItem =
  | { kind: 'event'; key: string; at: Date; action: string; by: string; code: string | null }
  | { kind: 'step'; key: string; at: Date; name: string; state: string };

/** A reservation with everything known of it. */
export type ReservationDetail = ReservationLine & {
  proof: 'answer' | 'reading' | 'webhook' | 'person' | null;
  depositCents: number;
  denonciationId: string | null;
  optionId: string | null;
  cabinetName: string;
  contact: { email: string; phone: string };
  preresvAt: Date | null;
  validatedAt: Date | null;
  withdrawnAt: Date | null;
  withdrawReason: string | null;
  /** The day of the reservation, which the law is read at. */
  signed: Day;
  /** The promoter's Koban lists, for the file's codes. */
  lists: KobanLists;
  file: FileForm;
  fileStep: FileStep | null;
  fileSavedAt: Date | null;
  kobanFile: Record<string, string | number | boolean | null> | null;
  timeline: TimelineItem[];
};

/** A prospect for whom a lot may be pre-reserved. */
export type Reservee = {
  denonciationId: string;
  lastName: string;
  firstName: string;
  email: string;
  /** Holds an option on this very lot. */
  onOption: boolean;
};

/** What the form « Préréserver » opens with. */
export type ReservationOffer = {
  lot: {
    promoter: string;
    extcode: string;
    label: string;
    typology: string | null;
    priceCents: number | null;
  };
  programme: { code: string; label: string; promoterName: string };
  reservees: Reservee[];
  /** The prospect of the option that led here. */
  chosen: string | null;
};
