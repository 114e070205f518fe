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

/** Filter of « Mes options », as it stands in the URL. Pages count from 1. */
export const optionFilterSchema = z.object({
  q: z.string().trim().max(120).catch(''),
  state: z.enum(optionFilters).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
export type OptionFilter = z.infer<typeof optionFilterSchema>;

/** The phases of placing an option, in order. */
export const phases = ['grant', 'add'] as const;
export type PhaseName = (typeof phases)[number];
