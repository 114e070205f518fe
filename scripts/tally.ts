import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';

export type Tally = { passed: number; failed: number };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts vitest's JSON report. A file that failed with no failed test of its own (it did not load) counts as one. */
export function tallyOfVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** The tests that failed in vitest's JSON report, each with the first line of why: what a long run's last page must still say. */
export function failuresOfVitest(report: unknown): string[] {
  return vitestReport.parse(report).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => {
        const [why = ''] = (failureMessages?.[0] ?? '').split('\n');
        return `${basename(name)}: ${fullName}: ${why}`;
      }),
  );
}

/** Counts Playwright's JSON report. A test that passed only when tried again is a failure, and so is an error outside any test. */
export function tallyOfPlaywright(report: unknown): Tally {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * What one part of the run counts for. A runner that ended badly without counting a failure, or left no report, crashed: that is
 * a failure too.
 */
export function settled(ok: boolean, tally: Tally | undefined): Tally {
  if (!tally) return { passed: 0, failed: 1 };
  return !ok && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** A JSON report's content; undefined when its runner never wrote it whole. */
export function reportIn(file: string): unknown {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return;
  }
}
