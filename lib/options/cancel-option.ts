import type { PartnerActor } from '@/lib/core/scope';
import { stillPermittedOnHeld } from '@/lib/denonciations/queries';
import { NO_TRACE_MS } from '@/lib/denonciations/rules';
import { type UndoOptionCode, undoOption } from '@/lib/koban/options';
import { afterSetback } from '@/lib/operations/answers';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import { type ChangeSaga, changeOption } from './begin-change';
import { refreshLot } from './refresh-lot';
import { judgeUndoReading } from './rules';
import type { CancelOptionInput } from './schema';
import { type ChangeAct, changeSchema, dateOf, settleChange } from './settle-change';
import {
  type ChangeStep,
  type ChangeTurn,
  heldBack,
  loadChange,
  readLot,
  stillUnknown,
  verifyThen,
} from './verify-option';

/**
 * Cancels an option (Koban Immobilier, « Annuler une option ») and waits for Koban's answer; the partner's reason is kept. Only an
 * option that is proven still ours, and never within two minutes of a full or half hour.
 */
export function cancelOption(actor: PartnerActor, input: CancelOptionInput) {
  return changeOption(actor, input, {
    kind: 'annulation',
    saga,
    until: null,
    forbids: () => null,
    with: { cancelReason: input.reason },
  });
}

/** Takes up a cancellation from where it stands, and reads what Koban then says of the lot. */
export async function resumeCancellation(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state === 'done' && left.lotExtcode) await refreshLot(runner, ref.promoter, left.lotExtcode);
}

const codes: Record<UndoOptionCode | 'other', string> = {
  'option-not-found': 'option-not-found',
  other: 'koban-refused',
};

const asked = ({ data, subject }: ChangeAct) => ({ lotExtcode: subject.lot, rank: data.rank });

const undo: ChangeStep = {
  repeatable: false,
  asks: asked,
  async run(koban, act): Promise<ChangeTurn> {
    const back = heldBack(koban, act);
    if (back) return back;
    const outcome = await undoOption(koban, asked(act));
    if (outcome.kind !== 'done') {
      const refused = outcome.kind === 'refused' ? codes[outcome.code] : 'koban-refused';
      return afterSetback(outcome, { refused, unknown: 'undo-unknown' });
    }
    return { step: 'done', ending: { to: 'done', proof: 'answer' } };
  },
  /** Fewer options than before: ours has ended, though nothing proves by whose doing. As many: never repeated blindly. */
  async readBack(koban, act): Promise<ChangeTurn> {
    const reading = await readLot(koban, act);
    const code = act.operation.code ?? 'undo-unknown';
    if (reading.kind === 'silent') return { step: reading.outcome.kind, ending: stillUnknown(act, code) };
    const { seen, facts, also } = reading;
    const turn = { step: 'done' as const, facts, also };
    if (!act.subject.placed) return { ...turn, ending: stillUnknown(act, code) };
    const { before, rank1EndsAt } = act.data;
    const then = { before: before ?? 1, rank1EndsAt: dateOf(rank1EndsAt) };
    switch (judgeUndoReading(act.subject.held, then, seen)) {
      case 'ended':
        return { ...turn, ending: { to: 'done', proof: 'reading' } };
      case 'no-trace-yet': {
        const since = act.now().getTime() - (act.operation.uncertainAt ?? act.now()).getTime();
        return {
          ...turn,
          ending: stillUnknown(act, since >= NO_TRACE_MS ? 'undo-no-trace' : 'undo-unknown'),
        };
      }
      case 'moved':
        return { ...turn, ending: stillUnknown(act, 'change-moved') };
    }
  },
};

/** Cancelling an option, as a saga. */
export const saga: ChangeSaga = {
  data: changeSchema,
  connect: kobanFor,
  load: loadChange,
  phases: { verify: verifyThen('undo'), undo },
  permits: stillPermittedOnHeld,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  settle: settleChange,
};
