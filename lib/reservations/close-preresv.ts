import { stillPermittedOnHeld } from '@/lib/denonciations/queries';
import { desistPreresv } from '@/lib/koban/preresv';
import { afterSetback, afterSilence } from '@/lib/operations/answers';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import {
  lookAt,
  provenByWebhook,
  type ReservationPhase,
  type ReservationSaga,
  refusals,
  unknownFor,
} from './add-preresv';
import { refreshLot } from './refresh-lot';
import { judgeDesistReading } from './rules';
import { dataSchema, loadReservation, type ReservationAct, settleWithdrawal } from './settle-reservation';

/** Takes up a withdrawal from where it stands. */
export async function resumeWithdrawal(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state === 'done' || left?.state === 'refused') await refreshLot(runner, ref, left.lotExtcode);
}

/** A reservation that Koban no longer holds needs no withdrawal, and the reading after an unknown one would prove nothing. */
const look: ReservationPhase = {
  repeatable: true,
  asks: (act) => ({ lot: act.operation.lotExtcode }),
  async run(koban, act) {
    const seen = await lookAt(koban, act);
    if (seen.kind !== 'done') return afterSilence(seen);
    switch (seen.reading) {
      case 'prereserved':
      // Koban does not say how it describes a lot whose file is validated; the withdrawal names the buyer, and harms nobody else.
      case 'unexpected':
        return { ...seen.turn, ending: { to: 'phase', phase: 'desist' } };
      case 'free':
      case 'optioned':
      case 'full':
        return { ...seen.turn, ending: { to: 'done', proof: 'reading' } };
      case 'unknown-lot':
        return { ...seen.turn, step: 'refused', ending: { to: 'refused', code: 'lot-unknown' } };
    }
  },
};

const input = ({ data, operation }: ReservationAct) => ({
  lotExtcode: operation.lotExtcode ?? '',
  thirdGuid: data.thirdGuid,
});

const desist: ReservationPhase = {
  repeatable: false,
  asks: input,
  async run(koban, act) {
    const outcome = await desistPreresv(koban, input(act));
    if (outcome.kind === 'done') return { step: 'done', ending: { to: 'done', proof: 'answer' } };
    const refused = outcome.kind === 'refused' ? refusals[outcome.code] : 'koban-refused';
    return afterSetback(outcome, { refused, unknown: 'desist-unknown' });
  },
  async readBack(koban, act) {
    const told = provenByWebhook(act, ['withdrawn']);
    if (told) return told;
    const seen = await lookAt(koban, act);
    const code = act.operation.code ?? 'desist-unknown';
    if (seen.kind !== 'done') return { step: seen.kind, ending: { to: 'uncertain', code } };
    const judged = judgeDesistReading(seen.reading, unknownFor(act));
    return judged === 'withdrawn'
      ? { ...seen.turn, ending: { to: 'done', proof: 'reading' } }
      : { ...seen.turn, ending: { to: 'uncertain', code: judged } };
  },
};

/** Withdrawing a reservation, as a saga. */
export const saga: ReservationSaga = {
  data: dataSchema,
  connect: kobanFor,
  load: loadReservation,
  phases: { look, desist },
  permits: stillPermittedOnHeld,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  settle: settleWithdrawal,
};
