import { z } from 'zod';
import { normaliseEmail } from '@/lib/core/normalise';

/** What may be wrong with a field; the sentences are in messages/fr/accounts.json, under `fields`. */
export const fieldCodes = [
  'email-invalid',
  'email-known',
  'email-taken',
  'firm-missing',
  'link-invalid',
  'name-long',
  'name-missing',
  'password-guessable',
  'password-long',
  'password-missing',
  'password-short',
  'password-wrong',
] as const;
export type FieldCode = (typeof fieldCodes)[number];

/** What may be wrong with a whole form; the sentences are beside, under `faults`. */
export const faultCodes = [
  'forbidden',
  'foreign-origin',
  'offline',
  'refused',
  'signed-out',
  'unchanged',
  'unexpected',
] as const;

/** Twelve characters, and no rule on which: length is what resists. The top keeps hashing cheap to refuse. */
export const passwordMin = 12;
export const passwordMax = 256;

/** A form may come as a browser posts it before its script is there; a file in it is no text. */
export const posted = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value instanceof FormData ? Object.fromEntries(value) : value), schema);

const code = (text: FieldCode) => text;
const email = z
  .string(code('email-invalid'))
  .transform(normaliseEmail)
  .pipe(z.email(code('email-invalid')).max(254, code('email-invalid')));
const givenPassword = z
  .string(code('password-missing'))
  .min(1, code('password-missing'))
  .max(passwordMax, code('password-long'));
const newPassword = z
  .string(code('password-short'))
  .min(passwordMin, code('password-short'))
  .max(passwordMax, code('password-long'));
const name = z.string(code('name-missing')).trim().min(1, code('name-missing')).max(120, code('name-long'));
const secret = z.string(code('link-invalid')).regex(/^[\w-]{20,100}$/, code('link-invalid'));

export const signInSchema = z.object({ email, password: givenPassword, suite: z.string().optional() });
export const forgottenSchema = z.object({ email });
export const choosePasswordSchema = z.object({
  purpose: z.enum(['invitation', 'reset']),
  secret,
  password: newPassword,
});
const firm = z.string(code('firm-missing')).trim().min(1, code('firm-missing')).max(120, code('name-long'));
/** The first account of the deployment, or of a promoter, whose `firm` is then the name by which everybody knows it. */
export const firstAccountSchema = z.object({
  secret,
  name,
  email,
  password: newPassword,
  firm: firm.optional(),
});
export const firstStaffSchema = firstAccountSchema.extend({ firm });
export const changePasswordSchema = z.object({ present: givenPassword, password: newPassword });
export const profileSchema = z.object({ name });

/** What the operator may do to an account. */
export const peopleActSchema = z.object({
  id: z.uuid(),
  act: z.enum(['disable', 'enable', 'invite', 'adviser', 'manager']),
});

/** A person whom a promoter's staff let in. */
export const invitePartnerSchema = z.object({
  cabinetId: z.uuid(),
  name,
  email,
  role: z.enum(['adviser', 'manager']),
});
export type InvitePartnerInput = z.output<typeof invitePartnerSchema>;

/** What a promoter's staff may do to a person of a cabinet; `id` as their list names them. */
export const partnerActSchema = z.object({
  cabinetId: z.uuid(),
  id: z.uuid(),
  act: z.enum(['close', 'open', 'invite']),
});
export type PartnerActInput = z.output<typeof partnerActSchema>;

export type FirstAccountInput = z.output<typeof firstAccountSchema>;
