import { z } from 'zod';
import { normaliseEmail } from '@/lib/core/normalise';
import { promoterSettingsSchema } from '@/lib/promoters/schema';

const email = z.string().transform(normaliseEmail).pipe(z.email('must be an e-mail address'));
const day = z.iso.date('must be a day, as 2026-12-31').nullish();
const text = z.string().trim().min(1, 'must not be empty');

// The operator's own choice: a file may give a short password that the screens would refuse.
const person = z.object({ email, name: text, password: text.nullish() });

const registration = z
  .union([z.string(), z.number()], 'must be a string')
  .transform((value) => String(value).replace(/\s/g, ''))
  .nullish();

const promoter = z.object({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'),
  name: text,
  koban: z
    .object({
      url: z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' }),
      apiKey: text,
      userKey: text,
    })
    .nullish(),
  webhook: z.object({ token: text.optional(), secret: text.optional() }).default({}),
  settings: promoterSettingsSchema.prefault({}),
  staff: z.array(person).default([]),
});

const convention = z.object({
  promoter: text,
  // Required, so that a misspelt key can never grant everything.
  programmes: z.union([z.literal('all'), z.array(text)], 'must be "all" or a list of programme codes'),
  kobanGuid: text.nullish(),
  maxOptions: z.number().int().nonnegative().nullish(),
  validFrom: day,
  validUntil: day,
});

const cabinet = z.object({
  name: text,
  siren: registration,
  orias: registration,
  partners: z.array(person.extend({ role: z.enum(['adviser', 'manager']).default('adviser') })).default([]),
  conventions: z.array(convention).default([]),
});

const file = z.object({
  promoters: z.array(promoter).min(1, 'must name at least one promoter'),
  cabinets: z.array(cabinet).default([]),
  operators: z.array(person).default([]),
});

type At = { path: (string | number)[]; value: string };

/** The provisioning file: who the deployment starts with. What it names must exist in it, and once. */
export const provisioningSchema = file.superRefine((value, ctx) => {
  const once = (entries: At[], what: string) => {
    const seen = new Set<string>();
    for (const { path, value } of entries) {
      if (seen.has(value)) ctx.addIssue({ code: 'custom', path, message: `repeats ${what} given above` });
      seen.add(value);
    }
  };
  once(
    value.promoters.map(({ slug }, index) => ({ path: ['promoters', index, 'slug'], value: slug })),
    'a slug',
  );
  once(
    value.cabinets.flatMap(({ siren }, index) =>
      siren ? { path: ['cabinets', index, 'siren'], value: siren } : [],
    ),
    'a siren',
  );
  once(peopleOf(value), 'an e-mail address');
  const slugs = new Set(value.promoters.map(({ slug }) => slug));
  value.cabinets.forEach(({ conventions }, index) => {
    const entries = conventions.map((entry, at) => ({
      path: ['cabinets', index, 'conventions', at, 'promoter'],
      value: entry.promoter,
    }));
    once(entries, 'a promoter');
    for (const { path, value } of entries) {
      if (!slugs.has(value))
        ctx.addIssue({ code: 'custom', path, message: 'is the slug of no promoter of this file' });
    }
  });
});

export type Provisioning = z.output<typeof provisioningSchema>;

function peopleOf({ promoters, cabinets, operators }: z.output<typeof file>): At[] {
  const at = (list: string, index: number | null, key: string, people: { email: string }[]) =>
    people.map(({ email }, place) => ({
      path: index === null ? [list, place, 'email'] : [list, index, key, place, 'email'],
      value: email,
    }));
  return [
    ...promoters.flatMap(({ staff }, index) => at('promoters', index, 'staff', staff)),
    ...cabinets.flatMap(({ partners }, index) => at('cabinets', index, 'partners', partners)),
    ...at('operators', null, '', operators),
  ];
}
