import { stillPermitted } from '@/lib/denonciations/queries';
import type { KobanClient } from '@/lib/koban/client';
import { getLotStatus } from '@/lib/koban/options';
import { addPreresv, type PreresvCode } from '@/lib/koban/preresv';
import { afterSetback, afterSilence } from '@/lib/operations/answers';
import type { Definition, OperationRef, Phase, Runner, Turn } from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import { keepReading, readLot } from './read-lot';
import { refreshLot } from './refresh-lot';
import { judgePreresvReading, noPreresv } from './rules';
import {
  dataSchema,
  loadReservation,
  type ReservationAct,
  type ReservationData,
  type ReservationRow,
  settlePreresv,
} from './settle-reservation';

type ReservationTurn = Turn<ReservationData>;
export type ReservationPhase = Phase<ReservationRow, ReservationData, KobanClient>;
export type ReservationSaga = Definition<ReservationRow, ReservationData, KobanClient>;

/** Takes up a pre-reservation from where it stands, and has the mirror read the lot again. */
export async function resumePreresv(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state === 'done' || left?.state === 'refused') await refreshLot(runner, ref, left.lotExtcode);
}

export const lotOf = ({ ref, operation }: ReservationAct) => ({
  promoterId: ref.promoter,
  extcode: operation.lotExtcode ?? '',
});

/** What Koban's two error codes of a reservation are called here. */
export const refusals: Record<PreresvCode | 'other', string> = {
  'unknown-lot': 'lot-unknown',
  'unknown-prospect': 'koban-unknown-prospect',
  other: 'koban-refused',
};

/** The turn that a reading of the lot makes, whatever it is read for: its facts, and the mirror. */
export async function lookAt(koban: KobanClient, act: ReservationAct) {
  const lot = lotOf(act);
  const outcome = await getLotStatus(koban, lot.extcode);
  if (outcome.kind !== 'done') return outcome;
  const { value, at: seenAt } = outcome;
  return {
    kind: 'done' as const,
    reading: readLot(value),
    turn: {
      step: 'done' as const,
      facts: { result: value.result, maxRank: value.maxRank },
      also: (tx: Parameters<NonNullable<ReservationTurn['also']>>[0]) => keepReading(tx, lot, value, seenAt),
    },
  };
}

const look: ReservationPhase = {
  repeatable: true,
  asks: (act) => ({ lot: act.operation.lotExtcode }),
  async run(koban, act): Promise<ReservationTurn> {
    const seen = await lookAt(koban, act);
    if (seen.kind !== 'done') return afterSilence(seen);
    const code = noPreresv(seen.reading);
    if (code === null) return { ...seen.turn, ending: { to: 'phase', phase: 'preresv' } };
    return { ...seen.turn, step: 'refused', ending: { to: 'refused', code } };
  },
};

const input = ({ data, operation, subject }: ReservationAct) => ({
  lotExtcode: operation.lotExtcode ?? '',
  thirdGuid: data.thirdGuid,
  priceCents: subject.priceCents,
  guaranteeCents: subject.depositCents,
  ...(data.partGuid === null ? {} : { partGuid: data.partGuid }),
});

/** How long the result of an act has been unknown, in milliseconds. */
export const unknownFor = ({ operation, now }: ReservationAct): number => {
  const at = now();
  return at.getTime() - (operation.uncertainAt ?? at).getTime();
};

const preresv: ReservationPhase = {
  repeatable: false,
  asks: input,
  async run(koban, act): Promise<ReservationTurn> {
    const outcome = await addPreresv(koban, input(act));
    if (outcome.kind === 'done') return { step: 'done', ending: { to: 'done', proof: 'answer' } };
    const refused = outcome.kind === 'refused' ? refusals[outcome.code] : 'koban-refused';
    return afterSetback(outcome, { refused, unknown: 'preresv-unknown' });
  },
  /** A lot that is pre-reserved may be a rival's. Only a webhook that names our prospect, or the promoter's staff, can tell. */
  async readBack(koban, act): Promise<ReservationTurn> {
    const told = provenByWebhook(act, ['preresv', 'validated', 'withdrawn']);
    if (told) return told;
    const seen = await lookAt(koban, act);
    const code = act.operation.code ?? 'preresv-unknown';
    if (seen.kind !== 'done') return { step: seen.kind, ending: { to: 'uncertain', code } };
    const judged = judgePreresvReading(seen.reading, unknownFor(act));
    return { ...seen.turn, ending: { to: 'uncertain', code: judged } };
  },
};

/** A webhook came while the act was in hand: the reservation already stands where the act meant to take it. */
export function provenByWebhook(
  { subject }: ReservationAct,
  states: readonly ReservationRow['state'][],
): ReservationTurn | null {
  if (!states.includes(subject.state)) return null;
  return { step: 'skipped', ending: { to: 'done', proof: 'webhook' } };
}

/** Where pre-reserving begins. */
export const firstPhase = 'look';

/** Pre-reserving a lot, as a saga. */
export const saga: ReservationSaga = {
  data: dataSchema,
  connect: kobanFor,
  load: loadReservation,
  phases: { look, preresv },
  permits: stillPermitted,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  settle: settlePreresv,
};
