// Run by kill.test.ts in a process of its own, which is killed in the middle of a call.
import { z } from 'zod';
import { asAccountId, asCabinetId, asPromoterId, mintPartner, mintScope } from '@/lib/core/mint';
import { openPglite, openPostgres, setDatabase } from '@/lib/db/client';
import { placePreresv } from './place-preresv';
import { preresvSchema, sendDossierSchema, withdrawSchema } from './schema';
import { sendDossier } from './send-dossier';
import { withdrawPreresv } from './withdraw-preresv';

const { who, place, preresv, dossier, desistement } = z
  .object({
    place: z.union([z.object({ folder: z.string() }), z.object({ url: z.string() })]),
    who: z.object({ account: z.string(), cabinet: z.string(), promoter: z.string() }),
    preresv: preresvSchema.optional(),
    dossier: sendDossierSchema.optional(),
    desistement: withdrawSchema.optional(),
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
if (preresv) await placePreresv(actor, preresv);
if (dossier) await sendDossier(actor, dossier);
if (desistement) await withdrawPreresv(actor, desistement);
