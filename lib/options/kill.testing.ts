// Run by kill.test.ts in a process of its own, which is killed in the middle of an act.
import { z } from 'zod';
import { mintSystem } from '@/lib/core/mint';
import { enter, kept } from '@/lib/denonciations/enter.testing';
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

const { actor, promoter, act } = await enter(
  z.object({
    denonciation: denonciationSchema.optional(),
    option: placeOptionSchema.optional(),
    prolongation: prolongOptionSchema.optional(),
    annulation: cancelOptionSchema.optional(),
    expiryAt: z.coerce.date().optional(),
  }),
);
// Koban's clock, which decides whether a half hour is near, is known from its first answer on.
await getProgrammes(await kobanFor(promoter));
if (act.option) await placeOption(actor, act.option);
if (act.prolongation) await prolongOption(actor, act.prolongation);
if (act.annulation) await cancelOption(actor, act.annulation);
if (act.expiryAt) await expireOptions(mintSystem('system', promoter, 'expiry'), act.expiryAt);
for (const filing of act.denonciation ? await fileDenonciations(actor, act.denonciation) : []) {
  if (filing.kind === 'filed') await poseDenonciation(actor, filing.ref);
}
kept();
