import { z } from 'zod';
import {
  type DenonciationForm,
  type Draft,
  type ProgrammeRef,
  programmeRefSchema,
  sources,
} from '@/lib/denonciations/schema';

/** A programme on which this partner may denounce, as the form offers it. */
export type ProgrammeChoice = ProgrammeRef & {
  label: string;
  city: string | null;
  promoterName: string;
  typologies: string[];
};

/** One programme, whatever else is said of it. */
export const programmeKey = ({ promoter, code }: ProgrammeRef): string => `${promoter}\n${code}`;

/** The form when it opens. */
export function emptyForm(formKey: string, programmes: ProgrammeRef[]): DenonciationForm {
  return {
    formKey,
    gender: null,
    lastName: '',
    firstName: '',
    email: '',
    phone: '',
    programmes,
    typologies: [],
    rooms: null,
    budget: '',
    source: null,
    comment: '',
    consent: false,
  };
}

// A draft is whatever an earlier version of the form left: what can be read is, the rest is empty again.
const typed = z.string().catch('');
const keptSchema = z.object({
  formKey: z.uuid().nullable().catch(null),
  gender: z.enum(['M', 'MME']).nullable().catch(null),
  lastName: typed,
  firstName: typed,
  email: typed,
  phone: typed,
  programmes: z.array(programmeRefSchema).catch([]),
  typologies: z.array(z.string()).catch([]),
  rooms: z.number().int().min(1).max(9).nullable().catch(null),
  budget: typed,
  source: z.enum(sources).nullable().catch(null),
  comment: typed,
  consent: z.boolean().catch(false),
});

/**
 * The form as it was left, or null when nothing worth keeping was. A programme no longer open is dropped. Opened from a
 * programme that the draft does not name, the form is for that programme: a prospect left half typed elsewhere must not be
 * denounced on both by surprise.
 */
export function restoreForm(
  draft: Draft,
  opened: ProgrammeRef | null,
  choices: readonly ProgrammeChoice[],
  formKey: string,
): DenonciationForm | null {
  const kept = keptSchema.parse(draft);
  const { lastName, firstName, email, phone, budget, comment } = kept;
  if ([lastName, firstName, email, phone, budget, comment].every((text) => text.trim() === '')) return null;
  const known = new Set(choices.map(programmeKey));
  const programmes = kept.programmes.filter((ref) => known.has(programmeKey(ref)));
  const same = opened === null || programmes.some((ref) => programmeKey(ref) === programmeKey(opened));
  if (same) return { ...kept, formKey: kept.formKey ?? formKey, programmes };
  return { ...kept, formKey, programmes: [opened], consent: false };
}

/** The promoters of these programmes, each once, in the order chosen. */
export function promotersOf(
  programmes: readonly ProgrammeRef[],
  choices: readonly ProgrammeChoice[],
): { slug: string; name: string }[] {
  const names = new Map(choices.map(({ promoter, promoterName }) => [promoter, promoterName]));
  const slugs = [...new Set(programmes.map(({ promoter }) => promoter))];
  return slugs.map((slug) => ({ slug, name: names.get(slug) ?? slug }));
}
