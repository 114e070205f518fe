import { describe, expect, it } from 'vitest';
import type { DenonciationStep, LiveDenonciation } from '@/lib/denonciations/schema';
import { actSteps, pollPace } from './act-steps';

const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 13, 31, second));

const step = (
  name: string,
  state: DenonciationStep['state'],
  second: number,
  attempt = 1,
): DenonciationStep => ({
  name,
  state,
  attempt,
  startedAt: at(second),
  endedAt: state === 'intent' ? null : at(second + 1),
});

const act = (over: Partial<LiveDenonciation>): LiveDenonciation => ({
  state: 'pending',
  proof: null,
  code: null,
  kobanMessage: null,
  decidedAt: null,
  phase: 'check',
  attempt: 1,
  steps: [],
  nextCheckAt: null,
  uncertainSince: null,
  canResend: false,
  hasReceipt: false,
  withoutBroker: false,
  settled: false,
  ...over,
});

const states = (live: LiveDenonciation) => actSteps(live).map(({ state }) => state);
const words = (live: LiveDenonciation) => actSteps(live).map(({ word }) => word);

describe('the steps of a dénonciation', () => {
  it('show the phase under way, and those to come', () => {
    expect(states(act({}))).toEqual(['running', 'waiting', 'waiting']);
    const creating = act({
      phase: 'prospect',
      steps: [step('check', 'done', 1), step('prospect', 'intent', 2)],
    });
    expect(states(creating)).toEqual(['done', 'running', 'waiting']);
    expect(words(creating)).toEqual(['checkDone', 'prospectRunning', null]);
  });

  it('say that a known prospect needed no creation', () => {
    const steps = [step('check', 'done', 1), step('prospect', 'skipped', 2), step('pose', 'done', 3)];
    const accepted = act({ state: 'accepted', proof: 'answer', phase: 'pose', settled: true, steps });
    expect(states(accepted)).toEqual(['done', 'skipped', 'done']);
    expect(words(accepted)[1]).toBe('prospectSkipped');
  });

  it('call what a refused check left undone not begun', () => {
    const refused = act({ state: 'refused', settled: true, steps: [step('check', 'refused', 1)] });
    expect(states(refused)).toEqual(['refused', 'skipped', 'skipped']);
    expect(words(refused)).toEqual(['checkRefused', 'notReached', 'notReached']);
  });

  it.each([
    ['unreachable', 'checkUnreachable'],
    ['unknown', 'checkSilent'],
    ['malformed', 'checkMalformed'],
  ] as const)('say of a check that ended %s that nothing was sent', (state, word) => {
    const [first] = actSteps(act({ state: 'unsent', settled: true, steps: [step('check', state, 1)] }));
    expect(first).toMatchObject({ state: 'unreachable', word });
  });

  const unknownPose = [step('check', 'done', 1), step('prospect', 'done', 2), step('pose', 'unknown', 3)];

  it('keep an unknown pose unknown through its readings, and say when it was read', () => {
    const steps = [...unknownPose, step('reading', 'done', 33), step('reading', 'unreachable', 50)];
    const [, , pose] = actSteps(act({ state: 'uncertain', phase: 'pose', steps }));
    expect(pose).toMatchObject({
      state: 'unknown',
      word: 'poseUnknown',
      readings: { count: 2, last: at(51) },
    });
  });

  it('turn it green only once a reading settled the act', () => {
    const steps = [...unknownPose, step('reading', 'done', 33)];
    const [, , pose] = actSteps(
      act({ state: 'accepted', proof: 'reading', phase: 'pose', settled: true, steps }),
    );
    expect(pose).toMatchObject({ state: 'done', word: 'poseRead', at: at(34) });
  });

  it('take a pose that a crash cut off for unknown, not for one under way', () => {
    const steps = [step('check', 'done', 1), step('pose', 'intent', 2)];
    expect(states(act({ state: 'uncertain', phase: 'pose', steps }))[2]).toBe('unknown');
  });

  it('keep the pose unknown when a second attempt did not reach it', () => {
    const steps = [...unknownPose, step('check', 'unreachable', 40, 2)];
    expect(states(act({ state: 'uncertain', attempt: 2, phase: 'pose', steps }))[2]).toBe('unknown');
  });

  it('do not count the readings of the creation as readings of the pose', () => {
    const steps = [step('check', 'done', 1), step('prospect', 'unknown', 2), step('reading', 'done', 32)];
    const posed = act({ state: 'uncertain', phase: 'pose', steps: [...steps, step('pose', 'unknown', 33)] });
    expect(words(posed)).toEqual(['checkDone', 'prospectRead', 'poseUnknown']);
    expect(actSteps(posed)[2]?.readings).toBeNull();
  });

  it('show the present attempt only', () => {
    const steps = [step('check', 'unreachable', 1), step('check', 'done', 40, 2)];
    expect(states(act({ attempt: 2, phase: 'prospect', steps }))).toEqual(['done', 'running', 'waiting']);
  });
});

describe('the pace of asking', () => {
  const uncertain = (nextCheckAt: Date) => act({ state: 'uncertain', nextCheckAt });

  it('is quick while the act runs, slower once a job must take it up', () => {
    const running = act({ steps: [step('check', 'intent', 1)] });
    expect(pollPace(running, at(2))).toBe(700);
    expect(pollPace(running, at(40))).toBe(3_000);
  });

  it('is slow between two readings, and quickens when one is due', () => {
    expect(pollPace(uncertain(at(50)), at(1))).toBe(10_000);
    expect(pollPace(uncertain(at(4)), at(1))).toBe(2_000);
  });

  it('ends with the act', () => expect(pollPace(act({ settled: true }), at(1))).toBe(false));
});
