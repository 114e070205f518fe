import { z } from 'zod';

const person = z.object({ email: z.string(), name: z.string().default(''), password: z.string().nullish() });

/** Of a provisioning file, only what a person at the terminal, or a browser test, signs in with. */
const people = z.object({
  promoters: z.array(z.object({ name: z.string(), staff: z.array(person).default([]) })).default([]),
  cabinets: z
    .array(
      z.object({
        name: z.string(),
        partners: z.array(person.extend({ role: z.string().optional() })).default([]),
      }),
    )
    .default([]),
  operators: z.array(person).default([]),
});

export type Account = { email: string; password: string; name: string; title: string };

/** The accounts of a provisioning file that have a password. */
export function accountsOf(text: string): Account[] {
  const { promoters, cabinets, operators } = people.parse(JSON.parse(text));
  return [
    ...cabinets.flatMap(({ name, partners }) =>
      partners.map((who) => ({ ...who, title: `${who.role ?? 'adviser'}, ${name}` })),
    ),
    ...promoters.flatMap(({ name, staff }) => staff.map((who) => ({ ...who, title: `staff of ${name}` }))),
    ...operators.map((who) => ({ ...who, title: 'operator' })),
  ].flatMap(({ email, password, name, title }) => (password ? [{ email, password, name, title }] : []));
}
