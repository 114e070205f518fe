// The other end of other-process.testing.ts: what a script does first, and last, in the process that a test has started.
import { z } from 'zod';
import { asAccountId, asCabinetId, asPromoterId, mintPartner, mintScope } from '@/lib/core/mint';
import type { PartnerActor } from '@/lib/core/scope';
import { openPglite, openPostgres, setDatabase } from '@/lib/db/client';

/** A partner, as one process names him to another. */
export const whoSchema = z.object({
  account: z.string(),
  cabinet: z.string(),
  promoter: z.string(),
  role: z.enum(['adviser', 'manager']),
});

const toldSchema = z.looseObject({
  place: z.union([z.object({ folder: z.string() }), z.object({ url: z.string() })]),
  who: whoSchema,
});

/** Opens the database that the test named. @returns who acts there, and what is to be done */
export async function enter<Acts extends z.ZodType>(acts: Acts) {
  const told = toldSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const { who, place } = told;
  // Nobody outlives the test.
  process.stdin.resume().once('end', () => process.exit());
  setDatabase('url' in place ? openPostgres(place.url) : await openPglite(place.folder));
  const promoter = asPromoterId(who.promoter);
  return { actor: partnerFor(who), promoter, act: acts.parse(told) };
}

/** The partner so named, with one promoter in reach. */
export function partnerFor(who: z.infer<typeof whoSchema>): PartnerActor {
  const cabinet = asCabinetId(who.cabinet);
  return mintPartner({
    account: asAccountId(who.account),
    name: 'Claire Ormeau',
    cabinet,
    role: who.role,
    scope: mintScope([asPromoterId(who.promoter)], cabinet),
  });
}

/** The act has come to its end here, and nobody has been told: the process waits to be killed. */
export const kept = (): unknown => process.stdout.write('kept\n');
