import { z } from 'zod';

/** A lot of one promoter: the promoter's slug, and Koban's lot code. */
export const lotRefSchema = z.object({
  promoter: z.string().trim().min(1).max(80),
  extcode: z.string().trim().min(1).max(120),
});
export type LotRef = z.infer<typeof lotRefSchema>;

/**
 * The dialog « Poser une option », once the partner confirms. `confirmedRank` is the rank that was on screen: another rank
 * granted meanwhile is asked for again, never taken. `formKey` is made for each confirmation shown.
 */
export const placeOptionSchema = z.object({
  formKey: z.uuid(),
  lot: lotRefSchema,
  denonciationId: z.uuid(),
  confirmedRank: z.union([z.literal(1), z.literal(2)]),
});
export type PlaceOptionInput = z.infer<typeof placeOptionSchema>;

/** The id of an act in an address. */
export const actIdSchema = z.uuid();

/** States of an option, as stored. */
export const optionStates = [
  'pending',
  'placed',
  'refused',
  'unsent',
  'uncertain',
  'abandoned',
  'expired',
  'cancelled',
] as const;
export type OptionState = (typeof optionStates)[number];

/** What « Mes options » filters on. */
export const optionFilters = ['live', 'uncertain', 'ended', 'refused'] as const;

/** Filter of « Mes options ». State and page stand in the URL, counted from 1; the words never do: they name a prospect. */
export const optionFilterSchema = z.object({
  q: z
    .string()
    .transform((typed) => typed.trim().slice(0, 120))
    .catch(''),
  state: z.enum(optionFilters).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
export type OptionFilter = z.infer<typeof optionFilterSchema>;

/** The phases of placing an option, in order. */
export const phases = ['grant', 'add'] as const;
export type PhaseName = (typeof phases)[number];

/** A prospect for whom an option may be placed. `full`: three options in progress already, the most that Koban allows. */
export type EligibleProspect = {
  denonciationId: string;
  lastName: string;
  firstName: string;
  email: string;
  filedAt: Date;
  liveOptions: number;
  full: boolean;
};

/**
 * What changes of an option while one looks at it: the answer of `GET /api/options/[id]`, for the page to poll while the state is
 * `pending` or `uncertain`. `code` is a sentence under `acts.codes`.
 */
export const liveOptionSchema = z.object({
  state: z.enum(optionStates),
  proof: z.enum(['answer', 'reading', 'webhook']).nullable(),
  rank: z.number(),
  code: z.string().nullable(),
  kobanMessage: z.string().nullable(),
  expiresAt: z.coerce.date(),
  expiryFromKoban: z.boolean(),
  nextCheckAt: z.coerce.date().nullable(),
});
export type LiveOption = z.infer<typeof liveOptionSchema>;

/** One line of « Mes options ». */
export type OptionLine = LiveOption & {
  id: string;
  placedAt: Date;
  placedBy: string;
  denonciationId: string;
  prospect: { lastName: string; firstName: string };
  lot: { extcode: string; label: string; typology: string | null; priceCents: number | null };
  programme: { code: string; label: string; promoter: string; promoterName: string };
};

/** One page of a list. `counts`: how many per group, whatever the group filtered on. `readAt`: by the server's clock. */
export type OptionPage = {
  lines: OptionLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<(typeof optionFilters)[number], number>>;
  readAt: Date;
};
