import { z } from 'zod';
import type { RightEnded, Shut } from '@/lib/denonciations/schema';
import type { Prolongation } from './rules';

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

/**
 * What both changes of an option say: which, and the rank that was on screen, null while none was known: an option that stands at
 * another rank is not changed. `formKey` is made for each question shown.
 */
const changeForm = z.object({
  formKey: z.uuid(),
  id: z.uuid(),
  rank: z.union([z.literal(1), z.literal(2)]).nullable(),
});
export type ChangeForm = z.infer<typeof changeForm>;

/** « Prolonger »: until when, an exact full or half hour. */
export const prolongOptionSchema = changeForm.extend({ until: z.coerce.date() });
export type ProlongOptionInput = z.infer<typeof prolongOptionSchema>;

/** « Annuler l’option », with the partner's reason, which is kept. Codes are sentences under `acts.fields`. */
export const cancelOptionSchema = changeForm.extend({
  reason: z.string().trim().min(1, 'required').max(500, 'too-long'),
});
export type CancelOptionInput = z.infer<typeof cancelOptionSchema>;

/** The two ways in which a partner changes an option that is placed. */
export type ChangeKind = 'prolongation' | 'annulation';

/** The phases of changing an option: what it is now, then the change itself. */
export type ChangePhase = 'verify' | 'prolong' | 'undo';

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
  'used',
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
 * `pending` or `uncertain`. `code` is a sentence under `acts.codes`; `rank` is null while Koban has not shown it.
 */
export const liveOptionSchema = z.object({
  state: z.enum(optionStates),
  proof: z.enum(['answer', 'reading', 'webhook', 'person']).nullable(),
  rank: z.union([z.literal(1), z.literal(2)]).nullable(),
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
  /** It was sent before Koban had the cabinet's record: it stands there without a broker. */
  withoutBroker: boolean;
  endedBy: 'partner' | 'promoter' | 'koban' | 'unproven' | null;
  endedAt: Date | null;
  /** Why its holder asked for it to be cancelled, whether or not it is. */
  cancelReason: string | null;
  prolongedTo: Date | null;
  /** How far it may be prolonged, by the promoter's settings; null when no further. */
  prolongation: Prolongation | null;
  /** Why this partner may no longer act on it: what every act on it would be refused by now. `day`: since or until when. */
  shut: { why: RightEnded; day: string | null } | null;
  /** A change that was sent and whose result is not known, and when it is read again. */
  change: { kind: ChangeKind; state: 'open' | 'uncertain'; nextCheckAt: Date | null } | null;
  /** Options in progress of its prospect, this one included. */
  prospectOptions: number;
  placedAt: Date;
  placedBy: string;
  denonciationId: string;
  prospect: { lastName: string; firstName: string };
  lot: { extcode: string; label: string; typology: string | null; priceCents: number | null };
  programme: { code: string; label: string; promoter: string; promoterName: string };
};

/** How many options a cabinet has in progress at a promoter; `most` by its convention, null when that sets none. */
export type CabinetLimit = { promoterName: string; count: number; most: number | null };

/**
 * What Koban's limit for its API user (errorcode 03) leaves to all partners of a promoter together. `fullSince`: when Koban last
 * refused an option for it. `scarce`: where the promoter wrote the limit down and little is left of it, as far as the portal knows:
 * the same user may have placed others.
 */
export type KobanLimit = { fullSince: Date | null; scarce: { left: number; most: number } | null };

/** What bounds a partner at one promoter. */
export type Limits = CabinetLimit & KobanLimit;

/** Which acts lie at a promoter that no longer opens itself; of options those in progress. */
export type ShutActs = 'denonciation' | 'option' | 'reservation';

/** A promoter that no longer opens itself to this partner, who has acts there. */
export type ShutPromoter = { promoterName: string; why: Shut; day: string | null; count: number };

/** One page of a list. `counts`: how many per group, whatever the group filtered on. `readAt`: by the server's clock. */
export type OptionPage = {
  lines: OptionLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<(typeof optionFilters)[number], number>>;
  readAt: Date;
};
