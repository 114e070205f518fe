import { expect, it } from 'vitest';
import { judgeDesistReading, judgePreresvReading, nextActs, noPreresv } from './rules';

const minutes = 60_000;

it('never takes a lot that is pre-reserved for ours, and says « no trace » after fifteen minutes', () => {
  expect(judgePreresvReading('prereserved', 60 * minutes)).toBe('preresv-whose-unknown');
  expect(judgePreresvReading('free', 15 * minutes - 1)).toBe('preresv-unknown');
  expect(judgePreresvReading('free', 15 * minutes)).toBe('preresv-no-trace');
});

it('takes a withdrawal for done once the lot is open again, and by nothing else', () => {
  for (const open of ['free', 'optioned', 'full'] as const) {
    expect(judgeDesistReading(open, 0)).toBe('withdrawn');
    expect(noPreresv(open)).toBeNull();
  }
  for (const closed of ['prereserved', 'unknown-lot', 'unexpected'] as const) {
    expect(judgeDesistReading(closed, 15 * minutes - 1)).toBe('desist-unknown');
    expect(judgeDesistReading(closed, 15 * minutes)).toBe('desist-no-trace');
    expect(noPreresv(closed)).not.toBeNull();
  }
});

it('offers what a state allows, and nothing while an act is under way or in doubt', () => {
  const act = { kind: 'preresv', state: 'done', code: null, kobanMessage: null, nextCheckAt: null } as const;
  expect(nextActs({ state: 'preresv', fileSent: false, act })).toEqual(['fill', 'withdraw']);
  expect(nextActs({ state: 'preresv', fileSent: true, act })).toEqual(['withdraw']);
  expect(nextActs({ state: 'validated', fileSent: true, act })).toEqual(['withdraw']);
  expect(nextActs({ state: 'withdrawn', fileSent: true, act })).toEqual(['reserve-again']);
  for (const state of ['open', 'uncertain'] as const) {
    expect(nextActs({ state: 'preresv', fileSent: false, act: { ...act, state } })).toEqual(['wait']);
  }
});
