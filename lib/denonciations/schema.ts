import { z } from 'zod';
import { parseEuros } from '@/lib/core/money';
import { normaliseEmail } from '@/lib/core/normalise';
import { normalisePhone } from '@/lib/core/phone';

// Issue messages are codes: their sentences are in the message files, under `acts.fields`.

const text = (max: number) => z.string().trim().max(max, 'too-long');
const name = text(80).min(1, 'required');

/** Where the prospect comes from, as the cabinet says it. */
export const sources = ['network', 'client', 'event', 'website', 'press', 'other'] as const;

/** A programme of one promoter: the promoter's slug, and Koban's programme code. */
export const programmeRefSchema = z.object({ promoter: text(80).min(1), code: text(120).min(1) });
export type ProgrammeRef = z.infer<typeof programmeRefSchema>;

const email = text(200).min(1, 'required').transform(normaliseEmail).pipe(z.email('email'));

const phone = text(40)
  .min(1, 'required')
  .transform((typed, ctx) => {
    const read = normalisePhone(typed);
    if ('e164' in read) return read.e164;
    ctx.addIssue({ code: 'custom', message: `phone-${read.reason}` });
    return z.NEVER;
  });

const budget = text(20).transform((typed, ctx) => {
  if (typed === '') return null;
  const cents = parseEuros(typed);
  if (cents === null) ctx.addIssue({ code: 'custom', message: 'amount' });
  return cents;
});

/**
 * The form « Dénoncer un prospect », for the browser and the server. Typed text goes in; a lower-case e-mail, a phone in
 * E.164 and a budget in cents come out. `formKey` is made when the form opens: sent twice, it is one act.
 */
export const denonciationSchema = z.object({
  formKey: z.uuid(),
  gender: z.enum(['M', 'MME']).nullable(),
  lastName: name,
  firstName: name,
  email,
  phone,
  programmes: z.array(programmeRefSchema).min(1, 'programme').max(20, 'too-many'),
  typologies: z.array(text(60)).max(10, 'too-many'),
  rooms: z.number().int().min(1).max(9).nullable(),
  budget,
  source: z.enum(sources).nullable(),
  comment: text(1000),
  consent: z.boolean().refine((given) => given, 'consent'),
});
/** What the form holds as it is typed. */
export type DenonciationForm = z.input<typeof denonciationSchema>;
/** What the server files. */
export type DenonciationInput = z.output<typeof denonciationSchema>;

/** Why a promoter's convention does not open it to a person today. */
export type Shut = 'access-closed' | 'convention-suspended' | 'convention-coming' | 'convention-ended';

/** Why a person may not act on one of its programmes. Words under `options.shut.why`. */
export type RightEnded = Shut | 'programme-closed';

/** The id of an act in an address. */
export const actIdSchema = z.uuid();

/** A form as it is being typed, kept whatever its state. */
export const draftSchema = z.record(z.string().max(40), z.json());
export type Draft = z.infer<typeof draftSchema>;

/** States of a dénonciation, as stored and as filtered on. */
export const denonciationStates = [
  'pending',
  'accepted',
  'refused',
  'unsent',
  'uncertain',
  'abandoned',
] as const;
export type DenonciationState = (typeof denonciationStates)[number];

/** Filter of « Mes dénonciations ». State and page stand in the URL, counted from 1; the words never do: they name a prospect. */
export const denonciationFilterSchema = z.object({
  q: z
    .string()
    .transform((typed) => typed.trim().slice(0, 120))
    .catch(''),
  state: z.enum(denonciationStates).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
export type DenonciationFilter = z.infer<typeof denonciationFilterSchema>;

/** The phases of a dénonciation, in order. */
export const phases = ['check', 'prospect', 'pose'] as const;
export type PhaseName = (typeof phases)[number];

const stepSchema = z.object({
  /** A phase, or `reading` when an unknown result was read back. */
  name: z.string(),
  state: z.enum(['intent', 'done', 'refused', 'unreachable', 'malformed', 'unknown', 'skipped']),
  attempt: z.number(),
  startedAt: z.coerce.date(),
  endedAt: z.coerce.date().nullable(),
});

/**
 * What changes of a dénonciation while one looks at it: the answer of `GET /api/denonciations/[id]`, for the page to poll until
 * `settled`. `code` is a sentence under `acts.codes`; `kobanMessage` are Koban's own words, to be shown as a quotation.
 */
export const liveDenonciationSchema = z.object({
  state: z.enum(denonciationStates),
  proof: z.enum(['answer', 'reading', 'webhook', 'person']).nullable(),
  code: z.string().nullable(),
  kobanMessage: z.string().nullable(),
  decidedAt: z.coerce.date().nullable(),
  /** The phase that runs or ran last. */
  phase: z.string(),
  attempt: z.number(),
  steps: z.array(stepSchema),
  /** When the machine reads again what became of an unknown result. */
  nextCheckAt: z.coerce.date().nullable(),
  uncertainSince: z.coerce.date().nullable(),
  canResend: z.boolean(),
  hasReceipt: z.boolean(),
  /** It was sent before Koban had the cabinet's record: it stands there without a broker. */
  withoutBroker: z.boolean(),
  /** Nothing more will change by itself. */
  settled: z.boolean(),
});
export type LiveDenonciation = z.infer<typeof liveDenonciationSchema>;
export type DenonciationStep = LiveDenonciation['steps'][number];

/** One line of « Mes dénonciations ». */
export type DenonciationLine = {
  id: string;
  reference: string;
  state: DenonciationState;
  proof: 'answer' | 'reading' | 'webhook' | 'person' | null;
  code: string | null;
  kobanMessage: string | null;
  filedAt: Date;
  decidedAt: Date | null;
  filedBy: string;
  prospect: { lastName: string; firstName: string; email: string; phone: string };
  programme: { code: string; label: string; promoter: string; promoterName: string };
};

/** A dénonciation with everything known of it. Budget in cents. */
export type DenonciationDetail = DenonciationLine & {
  kobanReference: string | null;
  cabinetName: string;
  gender: 'M' | 'MME' | null;
  consentAt: Date;
  wish: {
    typologies: string[];
    rooms: number | null;
    budgetCents: number | null;
    source: string | null;
    comment: string | null;
  };
  /** Koban's guid of the prospect is known: an option can be placed for it. */
  identified: boolean;
  live: LiveDenonciation;
};

/** One page of a list. `counts`: how many per state, whatever the state filtered on. */
export type DenonciationPage = {
  lines: DenonciationLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<DenonciationState, number>>;
};
