import type { PartnerActor } from '@/lib/core/scope';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { saga } from './add-dossier';
import { actOnReservation } from './begin-act';
import type { Reserved } from './place-preresv';
import { unlisted } from './rules';
import { readFile, type SendDossierInput } from './schema';
import { signedOn } from './settle-reservation';

/**
 * Sends the complete file of a pre-reservation, as it stands on the screen that sends it, and waits for Koban's answer. Sent once:
 * one that may have arrived is never sent again; one that did not may be, as another act.
 */
export function sendDossier(actor: PartnerActor, input: SendDossierInput): Promise<Reserved> {
  return actOnReservation(actor, input, {
    kind: 'dossier',
    phase: 'dossier',
    action: 'reservation.dossier-asked',
    saga,
    check({ reservation, settings }) {
      if (reservation.fileSent) return 'file-closed';
      if (reservation.state !== 'preresv') return 'not-preresv';
      if (!readFile(input.values, signedOn(reservation))) return 'file-incomplete';
      if (unlisted(input.values, promoterSettingsSchema.parse(settings).lists).length > 0)
        return 'file-incomplete';
      return { file: input.values, fileSent: true, fileStep: 'recap', fileSavedAt: new Date() };
    },
  });
}
