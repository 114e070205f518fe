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

/** Seven days: as long as any lot should be kept from the other partners. */
const longestOptionHours = 168;

/** A promoter's settings, each with its default. Hours are whole hours of an option's life. */
export const promoterSettingsSchema = z
  .object({
    optionHours: z.number().int().positive().default(72),
    optionHoursMax: z.number().int().positive().default(longestOptionHours),
    fields: z.array(fieldMappingSchema).default([]),
    statusLabels: z.record(z.string(), z.string()).default({}),
    documentHosts: z.array(z.string().min(1)).default([]),
  })
  .refine((settings) => settings.optionHours <= settings.optionHoursMax, {
    path: ['optionHours'],
    message: 'must not exceed optionHoursMax',
  });
