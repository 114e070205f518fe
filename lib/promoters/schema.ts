import { z } from 'zod';

/** What a customer's opaque MoreFields id means to the portal. */
export const fieldMappingSchema = z.object({
  fieldId: z.string().min(1),
  key: z.string().min(1),
  label: z.string().min(1),
  type: z
    .enum(['text', 'area', 'number', 'money', 'date', 'boolean', 'list', 'image', 'document'])
    .default('text'),
  on: z.enum(['lot', 'programme']).default('lot'),
});

const codedList = z
  .array(z.object({ code: z.string().min(1).max(60), label: z.string().min(1).max(120) }))
  .default([]);

/**
 * Lists of a customer's Koban whose codes a complete file may carry (WIRE.md, `CanalOrigine`, `CanalVente`, `NatureAchat`,
 * `Res1Profession`). No method of the API gives them: the promoter writes them down, and a list left empty is not asked for.
 */
export const kobanListsSchema = z.object({
  professions: codedList,
  originChannels: codedList,
  saleChannels: codedList,
  purchaseKinds: codedList,
});
export type KobanLists = z.output<typeof kobanListsSchema>;

/** Seven days: as long as any lot should be kept from the other partners. */
const longestOptionHours = 168;

/** A promoter's settings, each with its default. Hours are whole hours of an option's life. */
export const promoterSettingsSchema = z
  .object({
    optionHours: z.number().int().positive().default(72),
    optionHoursMax: z.number().int().positive().default(longestOptionHours),
    kobanOptionsMax: z.number().int().positive().nullable().default(null),
    fields: z.array(fieldMappingSchema).default([]),
    statusLabels: z.record(z.string(), z.string()).default({}),
    documentHosts: z.array(z.string().min(1)).default([]),
    lists: kobanListsSchema.prefault({}),
  })
  .refine((settings) => settings.optionHours <= settings.optionHoursMax, {
    path: ['optionHours'],
    message: 'must not exceed optionHoursMax',
  });
