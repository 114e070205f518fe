import type { PartnerActor } from '@/lib/core/scope';
import { actOnReservation } from './begin-act';
import { saga } from './close-preresv';
import type { Reserved } from './place-preresv';
import type { WithdrawInput } from './schema';

/** Withdraws a reservation in the buyer's name, its reason kept, and waits for Koban's answer. Never sent twice. */
export function withdrawPreresv(actor: PartnerActor, input: WithdrawInput): Promise<Reserved> {
  return actOnReservation(actor, input, {
    kind: 'desistement',
    phase: 'look',
    action: 'reservation.withdrawal-asked',
    saga,
    check({ reservation: { state } }) {
      if (state !== 'preresv' && state !== 'validated') return 'not-preresv';
      return { withdrawReason: input.reason };
    },
  });
}
