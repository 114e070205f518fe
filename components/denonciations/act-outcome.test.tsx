import { expect, it } from 'vitest';
import { wordsOf } from '@/components/options/testing';
import type { LiveDenonciation } from '@/lib/denonciations/schema';
import { ActOutcome } from './act-outcome';

const live: LiveDenonciation = {
  state: 'accepted',
  proof: 'answer',
  code: null,
  kobanMessage: null,
  decidedAt: new Date('2026-06-15T12:20:00Z'),
  phase: 'pose',
  attempt: 1,
  steps: [],
  nextCheckAt: null,
  uncertainSince: null,
  canResend: false,
  hasReceipt: true,
  withoutBroker: false,
  settled: true,
};

it('a dénonciation sent without a broker says so, accepted or of unknown result', () => {
  expect(wordsOf(<ActOutcome live={live} />)).not.toContain('apporteur');
  const without = { ...live, withoutBroker: true };
  const said = 'la dénonciation y est enregistrée sans apporteur. Le promoteur en est averti.';
  expect(wordsOf(<ActOutcome live={without} />)).toContain(said);
  const unknown = { ...without, state: 'uncertain', proof: null, code: 'pose-unknown' } as const;
  expect(wordsOf(<ActOutcome live={unknown} />)).toContain(said);
});
