// Run by kill.test.ts in a process of its own, which is killed in the middle of a call.
import { z } from 'zod';
import { asAccountId, asCabinetId, asPromoterId, mintPartner, mintScope } from '@/lib/core/mint';
import { openPglite, openPostgres, setDatabase } from '@/lib/db/client';
import { fileDenonciations } from '@/lib/denonciations/file-denonciations';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { denonciationSchema } from '@/lib/denonciations/schema';
import { placeOption } from './place-option';
import { placeOptionSchema } from './schema';

const { who, place, denonciation, option } = z
  .object({
    place: z.union([z.object({ folder: z.string() }), z.object({ url: z.string() })]),
    who: z.object({ account: z.string(), cabinet: z.string(), promoter: z.string() }),
    denonciation: denonciationSchema.optional(),
    option: placeOptionSchema.optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
setDatabase('url' in place ? openPostgres(place.url) : await openPglite(place.folder));
const cabinet = asCabinetId(who.cabinet);
const actor = mintPartner({
  account: asAccountId(who.account),
  name: 'Claire Ormeau',
  cabinet,
  role: 'adviser',
  scope: mintScope([asPromoterId(who.promoter)], cabinet),
});
if (option) await placeOption(actor, option);
for (const filing of denonciation ? await fileDenonciations(actor, denonciation) : []) {
  if (filing.kind === 'filed') await poseDenonciation(actor, filing.ref);
}
