// Run by kill.test.ts in a process of its own, which is killed in the middle of an act.
import { z } from 'zod';
import { enter, kept } from '@/lib/denonciations/enter.testing';
import { sendDossierSchema } from '@/lib/dossiers/schema';
import { placePreresv } from './place-preresv';
import { preresvSchema, withdrawSchema } from './schema';
import { sendDossier } from './send-dossier';
import { withdrawPreresv } from './withdraw-preresv';

const { actor, act } = await enter(
  z.object({
    preresv: preresvSchema.optional(),
    dossier: sendDossierSchema.optional(),
    desistement: withdrawSchema.optional(),
  }),
);
if (act.preresv) await placePreresv(actor, act.preresv);
if (act.dossier) await sendDossier(actor, act.dossier);
if (act.desistement) await withdrawPreresv(actor, act.desistement);
kept();
