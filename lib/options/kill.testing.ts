// Run by kill.test.ts in a process of its own, which is killed in the middle of a call.
import { z } from 'zod';
import { asAccountId, asCabinetId, asPromoterId, mintPartner, mintScope, mintSystem } from '@/lib/core/mint';
import { openPglite, openPostgres, setDatabase } from '@/lib/db/client';
import { fileDenonciations } from '@/lib/denonciations/file-denonciations';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { denonciationSchema } from '@/lib/denonciations/schema';
import { getProgrammes } from '@/lib/koban/programmes';
import { kobanFor } from '@/lib/promoters/queries';
import { cancelOption } from './cancel-option';
import { expireOptions } from './expire-options';
import { placeOption } from './place-option';
import { prolongOption } from './prolong-option';
import { cancelOptionSchema, placeOptionSchema, prolongOptionSchema } from './schema';

const { who, place, denonciation, option, prolongation, cancellation, expiryAt } = z
  .object({
    place: z.union([z.object({ folder: z.string() }), z.object({ url: z.string() })]),
    who: z.object({ account: z.string(), cabinet: z.string(), promoter: z.string() }),
    denonciation: denonciationSchema.optional(),
    option: placeOptionSchema.optional(),
    prolongation: prolongOptionSchema.optional(),
    cancellation: cancelOptionSchema.optional(),
    expiryAt: z.coerce.date().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
setDatabase('url' in place ? openPostgres(place.url) : await openPglite(place.folder));
const cabinet = asCabinetId(who.cabinet);
const promoter = asPromoterId(who.promoter);
const actor = mintPartner({
  account: asAccountId(who.account),
  name: 'Claire Ormeau',
  cabinet,
  role: 'adviser',
  scope: mintScope([promoter], cabinet),
});
// Koban's clock, which decides whether a half hour is near, is known from its first answer on.
await getProgrammes(await kobanFor(promoter));
if (option) await placeOption(actor, option);
if (prolongation) await prolongOption(actor, prolongation);
if (cancellation) await cancelOption(actor, cancellation);
if (expiryAt) await expireOptions(mintSystem('system', promoter, 'expiry'), expiryAt);
for (const filing of denonciation ? await fileDenonciations(actor, denonciation) : []) {
  if (filing.kind === 'filed') await poseDenonciation(actor, filing.ref);
}
