import type { PartnerActor } from '@/lib/core/scope';
import { changesBetween, listedOnly, unlisted } from '@/lib/dossiers/rules';
import { fileFormSchema, readFile, type SendDossierInput } from '@/lib/dossiers/schema';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { saga } from './add-dossier';
import { actOnReservation } from './begin-act';
import type { Reserved } from './place-preresv';
import { signedOn } from './settle-reservation';

/**
 * Sends the complete file of a pre-reservation, as it stands on the screen that sends it, and waits for Koban's answer. Sent once:
 * one that may have arrived is never sent again; one that did not may be, as another act. A screen that does not show what another
 * one wrote is refused, with `file-changed`: it would send over it for good.
 */
export function sendDossier(actor: PartnerActor, { known, ...input }: SendDossierInput): Promise<Reserved> {
  return actOnReservation(actor, input, {
    kind: 'dossier',
    phase: 'dossier',
    action: 'reservation.dossier-asked',
    saga,
    check({ reservation, settings }) {
      if (reservation.fileSent) return 'file-closed';
      if (reservation.state !== 'preresv') return 'not-preresv';
      const { lists } = promoterSettingsSchema.parse(settings);
      const kept = listedOnly(fileFormSchema.parse(reservation.file), lists);
      if (Object.keys(changesBetween(known, kept)).length > 0) return 'file-changed';
      if (!readFile(input.values, signedOn(reservation))) return 'file-incomplete';
      if (unlisted(input.values, lists).length > 0) return 'file-incomplete';
      return { file: input.values, fileSent: true, fileStep: 'recap', fileSavedAt: new Date() };
    },
  });
}
