import { normaliseEmail } from '@/lib/core/normalise';
import { asTenant } from '@/lib/db/tenancy';
import type { KobanClient } from '@/lib/koban/client';
import { checkDenonciation, createDenonciation, type DenonciationCheck } from '@/lib/koban/denonciations';
import { getThirdByExtcode, postProspect } from '@/lib/koban/thirds';
import { afterSetback, afterSilence } from '@/lib/operations/answers';
import type {
  Definition,
  Ending,
  OperationRef,
  Phase,
  Rest,
  Runner,
  Turn,
} from '@/lib/operations/definition';
import { runOperation } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import { identifyProspect } from '@/lib/prospects/queries';
import { stillPermitted } from './queries';
import { CHECK_FRESH_MS, judgePoseReading, NO_TRACE_MS, type PoseEvidence } from './rules';
import {
  type DenonciationAct,
  type DenonciationData,
  dataSchema,
  loadDenonciation,
  type Subject,
  settleDenonciation,
} from './settle-denonciation';

type DenonciationTurn = Turn<DenonciationData>;
type DenonciationPhase = Phase<Subject, DenonciationData, KobanClient>;

/** Runs a dénonciation from where it stands: check, create the prospect unless Koban knows it, pose. */
export async function poseDenonciation(runner: Runner, ref: OperationRef, at?: Date): Promise<void> {
  const left = await runOperation(runner, ref, saga, at);
  if (left?.state !== 'done') return;
  const { prospect } = await asTenant(runner.scope, (tx) => loadDenonciation(tx, left));
  await identifyProspect(runner, { promoter: ref.promoter, prospectId: prospect.id });
}

const checkInput = ({ subject }: DenonciationAct) => ({
  name: subject.prospect.lastName,
  firstName: subject.prospect.firstName,
  email: subject.prospect.email,
  phone: subject.prospect.phone,
  programmeCode: subject.programmeCode,
});

const poseInput = (act: DenonciationAct) => {
  const { byGuid = act.subject.byGuid } = act.data;
  return { ...checkInput(act), ...(byGuid === null ? {} : { byGuid }) };
};

const prospectInput = ({ subject: { prospect: person, wish, programmeCodes } }: DenonciationAct) => ({
  extcode: person.extcode,
  name: person.lastName,
  firstName: person.firstName,
  ...(person.gender ? { gender: person.gender } : {}),
  email: person.email,
  phone: person.phone,
  programmeCodes,
  typologies: wish.typologies,
  rooms: wish.rooms === null ? [] : [String(wish.rooms)],
  ...(wish.budgetCents === null ? {} : { budgetCents: wish.budgetCents }),
  ...(wish.source === null ? {} : { marketingSource: wish.source }),
  ...(wish.comment === null ? {} : { comments: wish.comment }),
});

/** After an attempt whose effect was never known, « refused » or « nothing sent » would be said of the wrong attempt. */
function heedEarlier(act: DenonciationAct, turn: DenonciationTurn): DenonciationTurn {
  return turn.ending.to === 'phase' ? turn : { ...turn, ending: restAfter(act, turn.ending) };
}

function restAfter({ data }: DenonciationAct, rest: Rest): Rest {
  const negative = rest.to === 'refused' || rest.to === 'unsent';
  return negative && data.earlierUnknown ? { to: 'uncertain', code: 'no-trace', phase: 'pose' } : rest;
}

/** « Nothing was sent » is not said of an act that has created the prospect: its dénonciation alone was not sent. */
function afterSilent(act: DenonciationAct, outcome: Parameters<typeof afterSilence>[0]): DenonciationTurn {
  const setback = afterSilence(outcome);
  return act.data.createdByUs ? { ...setback, ending: { to: 'unsent', code: 'prospect-only' } } : setback;
}

const isFresh = ({ data, now }: DenonciationAct): boolean =>
  data.checkedAt !== null && now().getTime() - Date.parse(data.checkedAt) <= CHECK_FRESH_MS;

const check: DenonciationPhase = {
  repeatable: true,
  asks: checkInput,
  async run(koban, act): Promise<DenonciationTurn> {
    const checkedAt = act.now().toISOString();
    const outcome = await checkDenonciation(koban, checkInput(act));
    if (outcome.kind !== 'done') return heedEarlier(act, afterSilent(act, outcome));
    return { ...judgeCheck(act, outcome.value, checkedAt), facts: { verdict: outcome.value.verdict } };
  },
};

function judgeCheck(act: DenonciationAct, found: DenonciationCheck, checkedAt: string): DenonciationTurn {
  const { data } = act;
  const refuse = (code: string) => heedEarlier(act, { step: 'refused', ending: { to: 'refused', code } });
  switch (found.verdict) {
    case 'inactive':
      return refuse('module-off');
    case 'contradictory':
      return refuse('contradictory');
    case 'denounced':
      if (data.earlierUnknown) return { step: 'done', ending: someones };
      return refuse('already-denounced');
    case 'new':
      return { step: 'done', data: { checkedAt }, ending: { to: 'phase', phase: 'prospect' } };
    case 'exists':
      return {
        step: 'done',
        data: { checkedAt, namedGuid: found.thirdGuid, byGuid: act.subject.byGuid },
        skipped: data.createdByUs ? [] : ['prospect'],
        ending: { to: 'phase', phase: 'pose' },
      };
  }
}

/** Denounced, after an attempt that left no trace for a quarter of an hour: by it after all, or by a rival since. */
const someones: Ending = { to: 'uncertain', code: 'whose-unknown', phase: 'pose' };

const createProspect: DenonciationPhase = {
  repeatable: true,
  asks: prospectInput,
  async run(koban, act): Promise<DenonciationTurn> {
    const outcome = await postProspect(koban, prospectInput(act));
    if (outcome.kind === 'done') return { step: 'done', ...ownProspect(act, outcome.value.guid) };
    return heedEarlier(act, afterSetback(outcome, { refused: 'koban-refused', unknown: 'prospect-unknown' }));
  },
  /** Found by our code: done. Absent: the same code may be posted again. Another e-mail under our code: a person must look. */
  async readBack(koban, act): Promise<DenonciationTurn> {
    const outcome = await getThirdByExtcode(koban, act.subject.prospect.extcode);
    if (outcome.kind !== 'done') {
      const mismatch = outcome.kind === 'malformed' && outcome.reason === 'mismatch';
      return {
        step: outcome.kind,
        ending: { to: 'uncertain', code: mismatch ? 'prospect-mismatch' : 'prospect-unknown' },
      };
    }
    const third = outcome.value;
    const found = { found: third !== null };
    if (!third) return { step: 'done', facts: found, ending: { to: 'phase', phase: 'prospect' } };
    if (third.email !== null && normaliseEmail(third.email) !== act.subject.prospect.email) {
      return { step: 'malformed', facts: found, ending: { to: 'uncertain', code: 'prospect-mismatch' } };
    }
    return { step: 'done', facts: found, ...ownProspect(act, third.guid) };
  },
};

/** The prospect is in Koban by our doing; a check grown old by now is made again before the pose. */
const ownProspect = (act: DenonciationAct, thirdGuid: string) => ({
  data: { thirdGuid, createdByUs: true, byGuid: act.subject.byGuid },
  ending: { to: 'phase' as const, phase: isFresh(act) ? 'pose' : 'check' },
});

const evidenceOf = ({ data, operation }: DenonciationAct, readAt: Date): PoseEvidence => ({
  createdByUs: data.createdByUs,
  earlierUnknown: data.earlierUnknown,
  seenFree: data.seenFree,
  checkedAt: data.checkedAt === null ? null : new Date(data.checkedAt),
  sentAt: operation.uncertainAt ?? readAt,
  readAt,
});

const pose: DenonciationPhase = {
  repeatable: false,
  asks: poseInput,
  async run(koban, act): Promise<DenonciationTurn> {
    const outcome = await createDenonciation(koban, poseInput(act));
    if (outcome.kind === 'unreachable') return heedEarlier(act, afterSilent(act, outcome));
    if (outcome.kind !== 'done') {
      return heedEarlier(act, afterSetback(outcome, { refused: 'koban-refused', unknown: 'pose-unknown' }));
    }
    return {
      step: 'done',
      data: { kobanReference: outcome.value.guid },
      ending: { to: 'done', proof: 'answer' },
    };
  },
  async readBack(koban, act): Promise<DenonciationTurn> {
    const outcome = await checkDenonciation(koban, checkInput(act));
    const { uncertainAt, code } = act.operation;
    if (outcome.kind !== 'done') {
      return { step: outcome.kind, ending: { to: 'uncertain', code: code ?? 'pose-unknown' } };
    }
    const { verdict } = outcome.value;
    const turn = { step: 'done' as const, facts: { verdict } };
    const readAt = act.now();
    switch (judgePoseReading(verdict, evidenceOf(act, readAt))) {
      case 'accepted':
        return { ...turn, ending: { to: 'done', proof: 'reading' } };
      case 'whose-unknown':
        return { ...turn, ending: { to: 'uncertain', code: 'whose-unknown' } };
      case 'no-trace-yet': {
        const since = readAt.getTime() - (uncertainAt ?? readAt).getTime();
        const noTrace = code === 'no-trace' || since >= NO_TRACE_MS;
        const ending: Ending = { to: 'uncertain', code: noTrace ? 'no-trace' : 'pose-unknown' };
        return { ...turn, data: { seenFree: true }, ending };
      }
      case 'unreadable':
        return { ...turn, ending: { to: 'uncertain', code: code ?? 'pose-unknown' } };
    }
  },
};

/** Filing a dénonciation, as a saga. */
export const saga: Definition<Subject, DenonciationData, KobanClient> = {
  data: dataSchema,
  connect: kobanFor,
  load: loadDenonciation,
  permits: stillPermitted,
  lapse: (act, code) => restAfter(act, { to: 'unsent', code }),
  phases: { check, prospect: createProspect, pose },
  settle: settleDenonciation,
};
