import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

type Suite = { specs?: z.infer<typeof playwrightSpec>[]; suites?: Suite[] };

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).nullish() })),
    }),
  ),
});

const playwrightSuite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec).optional(), suites: z.array(playwrightSuite).optional() }),
);

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
  suites: z.array(playwrightSuite),
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

/** Tests of one part by name, each with the first line of why: what a long run's last page must still say. */
export type Named = { failed: string[]; second: string[] };

/** Those of vitest's JSON report that failed, and those that passed only when tried again. */
export function namedOfVitest(report: unknown): Named {
  const tests = vitestReport.parse(report).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName, failureMessages }) => ({
      status,
      tried: (failureMessages ?? []).length > 0,
      line: `${basename(name)}: ${fullName}: ${firstLine(failureMessages?.[0])}`,
    })),
  );
  return {
    failed: tests.filter(({ status }) => status === 'failed').map(({ line }) => line),
    second: tests.filter(({ status, tried }) => status === 'passed' && tried).map(({ line }) => line),
  };
}

/** Those of Playwright's JSON report that failed, and those that passed only when tried again. */
export function namedOfPlaywright(report: unknown): Named {
  const tests = specsOf(playwrightReport.parse(report).suites).flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      status,
      line: `${basename(file)} (${projectName}): ${title}: ${firstLine(results[0]?.error?.message)}`,
    })),
  );
  const named = (wanted: string) => tests.filter(({ status }) => status === wanted).map(({ line }) => line);
  return { failed: named('unexpected'), second: named('flaky') };
}

function specsOf(suites: Suite[]): z.infer<typeof playwrightSpec>[] {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsOf(inner)]);
}

const firstLine = (message = '') => stripVTControlCharacters(message).split('\n', 1)[0] ?? '';

/** Counts Playwright's JSON report; an error outside any test is a failure. */
export function tallyOfPlaywright(report: unknown): Tally {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
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
