import { stillPermitted } from '@/lib/denonciations/queries';
import type { KobanClient } from '@/lib/koban/client';
import { type AddOptionCode, addOption, getLotStatus } from '@/lib/koban/options';
import { afterSetback, afterSilence } from '@/lib/operations/answers';
import type { Definition, OperationRef, Phase, Runner, Turn } from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import { keepReading, readGrant } from './read-grant';
import { refreshOption } from './refresh-option';
import { judgeAddReading, type Rank } from './rules';
import { dataSchema, endOf, type OptionAct, type OptionData, settleOption } from './settle-option';

type OptionTurn = Turn<OptionData>;
type OptionPhase = Phase<null, OptionData, KobanClient>;

/** Takes up an option from where it stands, and reads what Koban then says of the lot. */
export async function resumeOption(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state === 'done' || left?.state === 'refused') await refreshOption(runner, ref, left);
}

const lotOf = ({ ref, operation }: OptionAct) => ({
  promoterId: ref.promoter,
  extcode: operation.lotExtcode ?? '',
});

const grant: OptionPhase = {
  repeatable: true,
  asks: (act) => ({ lot: act.operation.lotExtcode }),
  async run(koban, act): Promise<OptionTurn> {
    const lot = lotOf(act);
    const outcome = await getLotStatus(koban, lot.extcode);
    if (outcome.kind !== 'done') return afterSilence(outcome);
    const { value, at: seenAt } = outcome;
    const granted = readGrant(value);
    const facts = { result: value.result, maxRank: value.maxRank };
    if (granted.rank === act.data.confirmedRank) {
      const dateOption = Math.floor(act.now().getTime() / 1000);
      const rank1EndsAt = granted.rank1EndsAt?.toISOString() ?? null;
      return {
        step: 'done',
        facts,
        data: { dateOption, rank1EndsAt },
        ending: { to: 'phase', phase: 'add' },
      };
    }
    // The partner saw something else a moment ago: every screen learns what is true now.
    const also: OptionTurn['also'] = async (tx) => void (await keepReading(tx, lot, value, seenAt));
    if (granted.rank === null) {
      return { step: 'refused', facts, also, ending: { to: 'refused', code: granted.code } };
    }
    // Nobody is there to be asked for the other rank: the partner who confirmed finds in the lists what became of it.
    if (act.recovered) {
      return { step: 'refused', facts, also, ending: { to: 'refused', code: 'rank-changed-meanwhile' } };
    }
    const rank1EndsAt = granted.rank1EndsAt?.toISOString() ?? null;
    return {
      step: 'refused',
      facts,
      also,
      data: { granted: { rank: granted.rank, rank1EndsAt } },
      ending: { to: 'refused', code: 'rank-changed' },
    };
  },
};

const addCodes: Record<AddOptionCode | 'other', string> = {
  'prospect-has-three': 'prospect-limit',
  'lot-not-open': 'lot-not-open',
  'api-user-limit': 'account-limit',
  'preresv-under-way': 'lot-prereserved',
  'two-options-already': 'lot-full',
  other: 'koban-refused',
};

const optionInput = ({ data, operation }: OptionAct) => ({
  thirdGuid: data.thirdGuid,
  lotExtcode: operation.lotExtcode ?? '',
  placedAt: new Date(data.dateOption * 1000),
  rank: data.confirmedRank,
  ...(data.partGuid === null ? {} : { partGuid: data.partGuid }),
});

/** How many options the lot bore when a rank was granted on it. */
const before = (rank: Rank): 0 | 1 => (rank === 1 ? 0 : 1);

/** Nothing seen this long after sending is the strongest « no trace » there is (RELIABILITY rule 8). Milliseconds. */
const NO_TRACE_MS = 15 * 60_000;

const add: OptionPhase = {
  repeatable: false,
  asks: optionInput,
  async run(koban, act): Promise<OptionTurn> {
    const outcome = await addOption(koban, optionInput(act));
    if (outcome.kind !== 'done') {
      const refused = outcome.kind === 'refused' ? addCodes[outcome.code] : 'koban-refused';
      return afterSetback(outcome, { refused, unknown: 'add-unknown' });
    }
    return { step: 'done', ending: { to: 'done', proof: 'answer' } };
  },
  /** A reading never proves that an option is ours: one rank more may be a rival's. It only tells a person what to look at. */
  async readBack(koban, act): Promise<OptionTurn> {
    const lot = lotOf(act);
    const outcome = await getLotStatus(koban, lot.extcode);
    const { uncertainAt, code } = act.operation;
    const now = act.now();
    const over = now >= endOf(act.data);
    const still = (found: string): OptionTurn['ending'] =>
      over ? { to: 'abandoned', code: 'never-known' } : { to: 'uncertain', code: found };
    if (outcome.kind !== 'done') return { step: outcome.kind, ending: still(code ?? 'add-unknown') };
    const { value, at: seenAt } = outcome;
    const turn = {
      step: 'done' as const,
      facts: { result: value.result, maxRank: value.maxRank, endDate: value.endDate?.toISOString() ?? null },
      also: async (tx: Parameters<NonNullable<OptionTurn['also']>>[0]) =>
        void (await keepReading(tx, lot, value, seenAt)),
    };
    switch (judgeAddReading(before(act.data.confirmedRank), readGrant(value))) {
      case 'one-more':
        return { ...turn, ending: still('one-more') };
      case 'moved':
        return { ...turn, ending: still('lot-moved') };
      case 'no-trace-yet': {
        const since = now.getTime() - (uncertainAt ?? now).getTime();
        return { ...turn, ending: still(since >= NO_TRACE_MS ? 'add-no-trace' : 'add-unknown') };
      }
    }
  },
};

/** Placing an option, as a saga. */
export const saga: Definition<null, OptionData, KobanClient> = {
  data: dataSchema,
  connect: kobanFor,
  load: async () => null,
  permits: stillPermitted,
  lapse: (_act, code) => ({ to: 'unsent', code }),
  phases: { grant, add },
  settle: settleOption,
};
