import { z } from 'zod';
import { type Day, parisDay, readDay } from '@/lib/core/days';
import { normaliseEmail } from '@/lib/core/normalise';
import { normalisePhone } from '@/lib/core/phone';
import { vatRatesOn } from '@/lib/pricing/rules';
import { amount, checkDeposit, optionalAmount, priceFields } from '@/lib/pricing/schema';

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

const birthDay = required(10).transform((typed, ctx) => {
  const read = readDay(typed);
  if (read && typed >= '1900-01-01' && typed <= parisDay(new Date())) return read;
  ctx.addIssue({ code: 'custom', message: 'birth-day' });
  return z.NEVER;
});

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

/** The complete file as it stands on the screen that sends it; `known`: what that screen last knew to be kept of it. */
export const sendDossierSchema = z.object({
  formKey: z.uuid(),
  id: z.uuid(),
  values: fileFormSchema,
  known: fileFormSchema,
});
export type SendDossierInput = z.infer<typeof sendDossierSchema>;
