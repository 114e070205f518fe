import { z } from 'zod';
import { isSiren } from './rules';

/** What may be wrong with a field; the sentences are in messages/fr/admin.json, under `fields`. */
export const fieldCodes = [
  'days-crossed',
  'day-invalid',
  'max-invalid',
  'name-long',
  'name-missing',
  'orias-invalid',
  'programmes-missing',
  'siren-invalid',
  'siren-known',
] as const;
export type FieldCode = (typeof fieldCodes)[number];

const code = (text: FieldCode) => text;
const digits = (typed: string) => typed.replace(/[\s.]/g, '');
const name = z.string(code('name-missing')).trim().min(1, code('name-missing')).max(120, code('name-long'));
const siren = z.string(code('siren-invalid')).transform(digits).refine(isSiren, code('siren-invalid'));
/** A registration in the ORIAS register: eight digits; may be left out. */
const orias = z
  .string()
  .transform(digits)
  .refine((typed) => typed === '' || /^\d{8}$/.test(typed), code('orias-invalid'))
  .transform((typed) => typed || null);
const day = z
  .string()
  .refine((typed) => typed === '' || z.iso.date().safeParse(typed).success, code('day-invalid'))
  .transform((typed) => typed || null);
const limit = z
  .string()
  .trim()
  .refine((typed) => typed === '' || /^\d{1,4}$/.test(typed), code('max-invalid'))
  .transform((typed) => (typed === '' ? null : Number(typed)));

const termFields = {
  grant: z.enum(['all', 'list']),
  programmes: z.array(z.string().min(1).max(120)).max(2_000),
  validFrom: day,
  validUntil: day,
  maxOptions: limit,
};
type Terms = {
  grant: 'all' | 'list';
  programmes: string[];
  validFrom: string | null;
  validUntil: string | null;
};

const checkTerms = (terms: Terms, ctx: z.RefinementCtx) => {
  if (terms.grant === 'list' && terms.programmes.length === 0) {
    ctx.addIssue({ code: 'custom', path: ['programmes'], message: code('programmes-missing') });
  }
  if (terms.validFrom !== null && terms.validUntil !== null && terms.validUntil < terms.validFrom) {
    ctx.addIssue({ code: 'custom', path: ['validUntil'], message: code('days-crossed') });
  }
};

/** A new cabinet and the terms of its convention. Days in Europe/Paris, both inclusive; an empty limit is none. */
export const createCabinetSchema = z.object({ name, siren, orias, ...termFields }).superRefine(checkTerms);
export type CreateCabinetForm = z.input<typeof createCabinetSchema>;
export type CreateCabinetInput = z.output<typeof createCabinetSchema>;

/** Other terms for a convention. */
export const changeConventionSchema = z
  .object({ cabinetId: z.uuid(), ...termFields })
  .superRefine(checkTerms);
export type ChangeConventionForm = z.input<typeof changeConventionSchema>;
export type ChangeConventionInput = z.output<typeof changeConventionSchema>;

/** Suspends a convention, or lifts the suspension. */
export const suspendConventionSchema = z.object({ cabinetId: z.uuid(), suspended: z.boolean() });
export type SuspendConventionInput = z.output<typeof suspendConventionSchema>;

/** The id of a cabinet in an address. */
export const cabinetIdSchema = z.uuid();

/** A programme that may be granted. */
export type ProgrammeChoice = { code: string; label: string };

/** How the cabinet's CGP third in Koban stands. `fault`: what the last attempt came to. */
export type CgpStanding = { known: boolean; fault: string | null; nextAt: Date };

/** One line of « Partenaires ». */
export type CabinetLine = {
  id: string;
  name: string;
  siren: string | null;
  orias: string | null;
  allProgrammes: boolean;
  programmes: string[];
  maxOptions: number | null;
  suspendedAt: Date | null;
  validFrom: string | null;
  validUntil: string | null;
  since: Date;
  cgp: CgpStanding;
  people: number;
  invited: number;
  standing: 'suspended' | 'ended' | 'coming' | 'ending' | 'valid';
};

/** Where a person of a cabinet stands at this promoter. `gone`: the operator has closed the account everywhere. */
export type PersonState = 'invited' | 'open' | 'closed' | 'gone';
export type PartnerPerson = {
  id: string;
  name: string;
  email: string;
  role: 'adviser' | 'manager';
  state: PersonState;
  invitedAt: Date | null;
};

/** One cabinet as its promoter sees it. */
export type CabinetDetail = CabinetLine & { members: PartnerPerson[]; choices: ProgrammeChoice[] };
