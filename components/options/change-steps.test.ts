import { expect, it } from 'vitest';
import { changeSteps } from './change-steps';
import type { ChangeOutcome } from './use-change';

const refused = { kind: 'refused', code: 'x', kobanMessage: null, retryAt: null } as const;

it.each<[ChangeOutcome, string, string]>([
  [{ kind: 'done', until: null, proven: true }, 'done', 'done'],
  [{ kind: 'done', until: null, proven: false }, 'done', 'unknown'],
  [{ kind: 'uncertain', code: 'x', nextCheckAt: null }, 'done', 'unknown'],
  [{ kind: 'unsent', code: 'x', sent: true }, 'done', 'unreachable'],
  [{ kind: 'unsent', code: 'x', sent: false }, 'unreachable', 'waiting'],
  [{ ...refused, sent: true }, 'done', 'refused'],
  [{ ...refused, sent: false }, 'refused', 'skipped'],
])('%j: the option %s, the change %s', (outcome, verify, send) => {
  expect(changeSteps({ kind: 'ended', outcome })).toEqual({ verify, send });
});

it('shows no step before the confirmation, and never a green one while it is sent', () => {
  expect(changeSteps({ kind: 'asking', lost: true })).toBeNull();
  expect(changeSteps({ kind: 'sending' })).toEqual({ verify: 'running', send: 'waiting' });
});
