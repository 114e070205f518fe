import { expect, test } from 'vitest';
import { namedOfPlaywright, namedOfVitest, settled, tallyOfPlaywright, tallyOfVitest } from './tally';

const file = (status: string, ...tests: string[]) => ({
  name: '/project/lib/options/rules.test.ts',
  status,
  assertionResults: tests.map((each) => ({
    status: each === 'second' ? 'passed' : each,
    fullName: 'an option ends at a half hour',
    failureMessages: each !== 'passed' ? ['expected 1 to be 2\n    at rules.test.ts:3'] : null,
  })),
});

test('a file that did not load counts as a failure, beside the tests that failed', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [file('passed', 'passed'), file('failed', 'passed', 'failed'), file('failed')],
  };
  expect(tallyOfVitest(report)).toEqual({ passed: 2, failed: 2 });
});

test('names what failed, and what passed only when tried again, with the first line of why', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [file('failed', 'passed', 'failed', 'second')],
  };
  const line = 'rules.test.ts: an option ends at a half hour: expected 1 to be 2';
  expect(namedOfVitest(report)).toEqual({ failed: [line], second: [line] });
});

const browserTest = (status: string, ...messages: string[]) => ({
  title: 'a rank is granted',
  file: 'main-job.spec.ts',
  tests: [
    { projectName: 'phone', status, results: [...messages.map((message) => ({ error: { message } })), {}] },
  ],
});

test('names browser tests too, however deep their suite lies', () => {
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 1 },
    errors: [],
    suites: [
      { specs: [browserTest('expected'), browserTest('unexpected', 'no such button\n  at line 3')] },
      { suites: [{ specs: [browserTest('flaky', 'too late')] }] },
    ],
  };
  expect(namedOfPlaywright(report)).toEqual({
    failed: ['main-job.spec.ts (phone): a rank is granted: no such button'],
    second: ['main-job.spec.ts (phone): a rank is granted: too late'],
  });
  expect(tallyOfPlaywright(report)).toEqual({ passed: 2, failed: 1 });
});

test('an error outside any browser test is a failure', () => {
  const report = {
    stats: { expected: 3, unexpected: 0, flaky: 0 },
    errors: [{ message: 'no server' }],
    suites: [],
  };
  expect(tallyOfPlaywright(report)).toEqual({ passed: 3, failed: 1 });
});

test('a runner that crashed is a failure, whatever it counted', () => {
  expect(settled(false, { passed: 9, failed: 0 })).toEqual({ passed: 9, failed: 1 });
  expect(settled(false, undefined)).toEqual({ passed: 0, failed: 1 });
  expect(settled(true, undefined)).toEqual({ passed: 0, failed: 1 });
});

test('a failure already counted is not counted twice', () => {
  expect(settled(false, { passed: 9, failed: 2 })).toEqual({ passed: 9, failed: 2 });
});
