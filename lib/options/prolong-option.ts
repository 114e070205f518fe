import type { PartnerActor } from '@/lib/core/scope';
import { stillPermittedOnHeld } from '@/lib/denonciations/queries';
import { NO_TRACE_MS } from '@/lib/denonciations/rules';
import { type ProlongOptionCode, prolongOption as prolongInKoban } from '@/lib/koban/options';
import { afterSetback } from '@/lib/operations/answers';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import { type ChangeSaga, changeOption, type LockedOption } from './begin-change';
import { refreshLot } from './refresh-lot';
import { judgeProlongReading, mayProlongTo, prolongationOf } from './rules';
import type { ProlongOptionInput } from './schema';
import { type ChangeAct, changeSchema, dateOf, provenAt, settleChange } from './settle-change';
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
 * Prolongs an option until an exact full or half hour, once in its life (Koban Immobilier, « Prolonger une option »), and waits for
 * Koban's answer. Only an option that is proven still ours, and never within two minutes of a full or half hour.
 */
export function prolongOption(actor: PartnerActor, input: ProlongOptionInput) {
  const { until } = input;
  return changeOption(actor, input, {
    kind: 'prolongation',
    saga,
    until,
    forbids: (option) => forbids(option, until),
    with: {},
  });
}

function forbids(option: LockedOption, until: Date): string | null {
  if (option.prolongedTo !== null) return 'already-prolonged';
  const bounds = prolongationOf(option, option);
  if (!bounds) return 'prolong-limit';
  return mayProlongTo(until, option.expiresAt, bounds) ? null : 'prolong-date';
}

/** Takes up a prolongation from where it stands, and reads what Koban then says of the lot. */
export async function resumeProlongation(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state === 'done' && left.lotExtcode) await refreshLot(runner, ref.promoter, left.lotExtcode);
}

const codes: Record<ProlongOptionCode | 'other', string> = {
  'option-not-found': 'option-not-found',
  'already-prolonged': 'already-prolonged',
  other: 'koban-refused',
};

const asked = ({ data, subject }: ChangeAct) => ({
  lotExtcode: subject.lot,
  rank: data.rank,
  until: dateOf(data.until) ?? subject.held.expiresAt,
});

const prolong: ChangeStep = {
  repeatable: false,
  asks: asked,
  async run(koban, act): Promise<ChangeTurn> {
    const back = heldBack(koban, act);
    if (back) return back;
    const outcome = await prolongInKoban(koban, asked(act));
    if (outcome.kind !== 'done') {
      const refused = outcome.kind === 'refused' ? codes[outcome.code] : 'koban-refused';
      return afterSetback(outcome, { refused, unknown: 'prolong-unknown' });
    }
    return { step: 'done', ending: { to: 'done', proof: 'answer' } };
  },
  /** Only rank 1's end is Koban's to read: a rank 2 stays unknown until a webhook or a person tells. */
  async readBack(koban, act): Promise<ChangeTurn> {
    const reading = await readLot(koban, act);
    const code = act.operation.code ?? 'prolong-unknown';
    if (reading.kind === 'silent') return { step: reading.outcome.kind, ending: stillUnknown(act, code) };
    const { seen, facts, also } = reading;
    const { held, told } = act.subject;
    const asking = { until: asked(act).until, provenAt: provenAt(act.data) };
    const turn = { step: 'done' as const, facts, also };
    switch (judgeProlongReading(held, asking, seen, told)) {
      case 'done':
        return act.subject.placed
          ? { ...turn, ending: { to: 'done', proof: 'reading' } }
          : { ...turn, ending: stillUnknown(act, code) };
      case 'no-trace-yet': {
        const since = act.now().getTime() - (act.operation.uncertainAt ?? act.now()).getTime();
        return {
          ...turn,
          ending: stillUnknown(act, since >= NO_TRACE_MS ? 'prolong-no-trace' : 'prolong-unknown'),
        };
      }
      case 'untold':
        return { ...turn, ending: stillUnknown(act, 'prolong-unknown') };
      case 'moved':
        return { ...turn, ending: stillUnknown(act, 'change-moved') };
    }
  },
};

/** Prolonging an option, as a saga. */
export const saga: ChangeSaga = {
  data: changeSchema,
  connect: kobanFor,
  load: loadChange,
  phases: { verify: verifyThen('prolong'), prolong },
  permits: stillPermittedOnHeld,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  settle: settleChange,
};
