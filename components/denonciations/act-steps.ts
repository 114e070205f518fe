import type { StepState } from '@/components/ui/steps';
import {
  type DenonciationStep,
  type LiveDenonciation,
  type PhaseName,
  phases,
} from '@/lib/denonciations/schema';

/** What is said under a step; each is a sentence of the messages, under `denonciations.step`. */
export type StepWord =
  | 'checkDone'
  | 'checkMade'
  | 'checkRefused'
  | 'checkUnreachable'
  | 'checkSilent'
  | 'checkMalformed'
  | 'checkRunning'
  | 'prospectDone'
  | 'prospectSkipped'
  | 'prospectRunning'
  | 'prospectRefused'
  | 'prospectUnreachable'
  | 'prospectUnknown'
  | 'prospectRead'
  | 'poseDone'
  | 'poseRead'
  | 'poseRunning'
  | 'poseRefused'
  | 'poseUnreachable'
  | 'poseUnknown'
  | 'notReached';

/** A phase as the partner sees it. `at`: when it reached this state. `readings`: how often an unknown result was read again. */
export type ActStep = {
  phase: PhaseName;
  state: StepState;
  word: StepWord | null;
  at: Date | null;
  readings: { count: number; last: Date } | null;
};

/** The three phases of the present attempt, from what the journal holds. Green only for what is known to be done. */
export function actSteps(live: LiveDenonciation): ActStep[] {
  const own = live.steps.filter((step) => step.attempt === live.attempt);
  return phases.map((phase): ActStep => {
    const step = own.findLast(({ name }) => name === phase);
    // The check is never in doubt: it only reads.
    const readings = phase !== 'check' && step && isDoubtful(step) ? readingsOf(own, step) : null;
    if (readings && settledByReading(live, phase)) {
      const word = phase === 'pose' ? 'poseRead' : 'prospectRead';
      return { phase, state: 'done', word, at: readings.last, readings: null };
    }
    return {
      phase,
      ...look(phase, step, live),
      at: step ? (step.endedAt ?? step.startedAt) : null,
      readings,
    };
  });
}

/** The readings between a call in doubt and whatever came next. */
function readingsOf(steps: readonly DenonciationStep[], doubtful: DenonciationStep): ActStep['readings'] {
  const after = steps.slice(steps.indexOf(doubtful) + 1);
  const next = after.findIndex(({ name }) => name !== 'reading');
  const readings = next === -1 ? after : after.slice(0, next);
  const last = readings.at(-1);
  return last ? { count: readings.length, last: last.endedAt ?? last.startedAt } : null;
}

const isDoubtful = ({ state }: DenonciationStep) => state === 'unknown' || state === 'intent';

/** An unknown creation was read as done when the act went on to the pose; an unknown pose, when the act was accepted. */
const settledByReading = ({ state, phase: now }: LiveDenonciation, phase: PhaseName): boolean =>
  phase === 'pose' ? state === 'accepted' : now === 'pose' || state === 'accepted';

type Look = { state: StepState; word: StepWord | null };

function look(phase: PhaseName, step: DenonciationStep | undefined, live: LiveDenonciation): Look {
  if (!step) {
    // An earlier attempt was sent and its effect is not known: the new one did not get as far.
    if (live.state === 'uncertain' && live.phase === phase) return { state: 'unknown', word: unknown[phase] };
    if (live.state !== 'pending') return { state: 'skipped', word: 'notReached' };
    return live.phase === phase
      ? { state: 'running', word: running[phase] }
      : { state: 'waiting', word: null };
  }
  switch (step.state) {
    case 'intent':
      return live.state === 'pending'
        ? { state: 'running', word: running[phase] }
        : { state: 'unknown', word: unknown[phase] };
    case 'done':
      return { state: 'done', word: done(phase, live) };
    case 'refused':
      return { state: 'refused', word: refused[phase] };
    case 'unreachable':
      return { state: 'unreachable', word: unreachable[phase] };
    // A check that got no answer it could read sent nothing: that is no unknown result.
    case 'malformed':
      return phase === 'check'
        ? { state: 'unreachable', word: 'checkMalformed' }
        : { state: 'unknown', word: unknown[phase] };
    case 'unknown':
      return phase === 'check'
        ? { state: 'unreachable', word: 'checkSilent' }
        : { state: 'unknown', word: unknown[phase] };
    case 'skipped':
      return { state: 'skipped', word: phase === 'prospect' ? 'prospectSkipped' : 'notReached' };
  }
}

const running = { check: 'checkRunning', prospect: 'prospectRunning', pose: 'poseRunning' } as const;
const unknown = { check: 'checkSilent', prospect: 'prospectUnknown', pose: 'poseUnknown' } as const;
const refused = { check: 'checkRefused', prospect: 'prospectRefused', pose: 'poseRefused' } as const;
const unreachable = {
  check: 'checkUnreachable',
  prospect: 'prospectUnreachable',
  pose: 'poseUnreachable',
} as const;

/** A check that was followed by nothing found the prospect denounced: Koban answered, which is all that can be said. */
function done(phase: PhaseName, live: LiveDenonciation): StepWord {
  if (phase === 'prospect') return 'prospectDone';
  if (phase === 'pose') return 'poseDone';
  const wentOn = live.steps.some(
    ({ name, attempt }) => attempt === live.attempt && (name === 'prospect' || name === 'pose'),
  );
  return wentOn || live.state === 'pending' ? 'checkDone' : 'checkMade';
}

/** How soon to ask again, in milliseconds; false when nothing more will change by itself. */
export function pollPace(live: LiveDenonciation, now: Date): number | false {
  if (live.settled) return false;
  if (live.state === 'pending') {
    const began = live.steps.at(-1)?.startedAt ?? now;
    // Longer than half a minute without a new step: a job will take the act up, no need to hurry.
    return now.getTime() - began.getTime() < 30_000 ? 700 : 3_000;
  }
  const next = live.nextCheckAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return next - now.getTime() < 5_000 ? 2_000 : 10_000;
}
