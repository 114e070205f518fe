// `npm test`: every check and every test, one part after another; the last line on standard output is `N passed, N failed`.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build';
import { settingNames } from './deployment';
import { parse, projectPath } from './layout/imports';
import { type Cluster, startCluster } from './postgres';
import { launch, onAskedToEnd, root, stopAll } from './processes';
import {
  type Named,
  namedOfPlaywright,
  namedOfVitest,
  reportIn,
  settled,
  type Tally,
  tallyOfPlaywright,
  tallyOfVitest,
} from './tally';

// One miss among thousands on a machine with other work is not a broken tree: a test is tried once more here, and named below.
// Alone, under `npm run test:unit` and `npm run test:e2e`, nothing is tried twice.
const vitest = [
  'node',
  'node_modules/vitest/vitest.mjs',
  'run',
  '--retry=1',
  '--reporter=default',
  '--reporter=json',
];
const reports = mkdtempSync(join(tmpdir(), 'parvis-reports-'));
const results: { name: string; tally: Tally; seconds: number }[] = [];
const named: Named = { failed: [], second: [] };
let cluster: Cluster | undefined;

// The tests make their own settings: none of this machine's reaches them.
for (const name of settingNames()) delete process.env[name];

onAskedToEnd(async (exitCode) => {
  await stopAll();
  await cleanUp();
  process.exit(exitCode);
});

await part('Lint', () => check('check:lint'));
await part('Types', () => check('check:types'));
await part('Layout', () => check('check:layout'));
await part('Dead code', () => check('check:unused'));
await part('Unit and integration tests, on PGlite', () => runVitest('pglite.json'));
await part('Database tests, on PostgreSQL', async () => {
  cluster = await startCluster();
  return runVitest('postgres.json', databaseTests(), { TEST_DATABASE_URL: cluster.url });
});
await part('Production build', async () => one((await build(console.log)).ok));
await part('Browser tests', runPlaywright);

await cleanUp();
const total = results.reduce<Tally>(
  (sum, { tally }) => ({ passed: sum.passed + tally.passed, failed: sum.failed + tally.failed }),
  { passed: 0, failed: 0 },
);
for (const line of named.failed) console.log(`  ✗ ${line}`);
for (const line of named.second) console.log(`  ↻ passed only when tried again: ${line}`);
console.log('');
for (const { name, tally, seconds } of results) {
  const counts = `${tally.passed} passed, ${tally.failed} failed`;
  console.log(`  ${name.padEnd(40)}${counts.padEnd(26)}${seconds.toFixed(1).padStart(7)} s`);
}
process.exitCode = total.failed === 0 ? 0 : 1;
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);

/** Runs one part; whatever goes wrong in it is a failure counted, and the next part runs all the same. */
async function part(name: string, run: () => Promise<Tally>): Promise<void> {
  console.log(`\n── ${name}`);
  const start = performance.now();
  let tally: Tally;
  try {
    tally = await run();
  } catch (fault) {
    console.log(fault);
    tally = one(false);
  }
  results.push({ name, tally, seconds: (performance.now() - start) / 1000 });
}

async function check(script: string): Promise<Tally> {
  const { ok } = await launch(script, ['npm', 'run', '--silent', script]).ended;
  return one(ok);
}

async function runVitest(
  report: string,
  files: string[] = [],
  env: Record<string, string> = {},
): Promise<Tally> {
  const outputFile = join(reports, report);
  const { ok } = await launch('vitest', [...vitest, `--outputFile.json=${outputFile}`, ...files], { env })
    .ended;
  const content = reportIn(outputFile);
  if (content === undefined) return settled(ok, undefined);
  name(namedOfVitest(content));
  return settled(ok, tallyOfVitest(content));
}

async function runPlaywright(): Promise<Tally> {
  const outputFile = join(reports, 'browser.json');
  const { ok } = await launch(
    'playwright',
    ['node', 'node_modules/@playwright/test/cli.js', 'test', '--retries=1', '--reporter=list,json'],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: outputFile },
    },
  ).ended;
  const content = reportIn(outputFile);
  if (content === undefined) return settled(ok, undefined);
  name(namedOfPlaywright(content));
  return settled(ok, tallyOfPlaywright(content));
}

function name({ failed, second }: Named): void {
  named.failed.push(...failed);
  named.second.push(...second);
}

/** The same tests run on both databases: those that ask for one, themselves or through a `testing` module of their folder. */
function databaseTests(): string[] {
  const found = globSync('{lib,app,components}/**/*.test.{ts,tsx}', { cwd: root }).filter(asksForDatabase);
  // Without a file named, vitest would run them all.
  if (found.length === 0) throw new Error('No test asks for a database.');
  return found;
}

function asksForDatabase(file: string): boolean {
  const modules = parse(file, readFileSync(join(root, file), 'utf8')).imports.map((each) =>
    projectPath(each, file),
  );
  return modules.some(
    (path) =>
      path === 'lib/db/testing' ||
      (path && /^lib\/.*[/.]testing$/.test(path) && asksForDatabase(`${path}.ts`)),
  );
}

function one(ok: boolean): Tally {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function cleanUp(): Promise<void> {
  await cluster?.stop();
  rmSync(reports, { recursive: true, force: true });
}
