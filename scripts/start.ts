// `npm start`: from a checkout to an open portal. `npm run dev` (--dev): the same, reloading as files change.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderInUse, lockDataFolder } from '@/lib/db/lock';
import { build } from './build';
import { type Deployment, deploymentOf } from './deployment';
import { openPortal, openSandbox, prepare } from './portal';
import { CannotStart, onAskedToEnd, portIsFree, root, stopAll } from './processes';
import { accountsOf } from './provisioning';

const dev = process.argv.includes('--dev');
const began = performance.now();

let stopping = false;
onAskedToEnd(async (exitCode) => {
  stopping = true;
  console.log('\nStopping…');
  await stopAll();
  process.exit(exitCode);
});

try {
  await open();
} catch (fault) {
  // Asked to end, the children end one by one: no news.
  if (!stopping) {
    const expected = fault instanceof CannotStart || fault instanceof DataFolderInUse;
    console.error(expected ? `\n${fault.message}` : fault);
    await stopAll();
    process.exit(1);
  }
}

/** Opens everything; throws when something that should stay open ends. */
async function open(): Promise<never> {
  const settingsFile = join(root, '.env');
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
  const deployment = deploymentOf(process.env);
  lockDataFolder(deployment.dataDir, 'start.lock');
  await refuseTakenPorts(deployment);

  console.log('Opening Parvis\n');
  if (!dev) await step('Production build', buildOnce);
  const { said } = await step('Preparation', async () => {
    const prepared = await prepare(deployment);
    for (const { step, ms } of prepared.steps) row(`  ${step}`, ms);
    return prepared;
  });
  const opened = [];
  if (deployment.sandbox) opened.push(await step('Koban sandbox', () => openSandbox(deployment, { dev })));
  opened.push(await step('Portal', () => openPortal(deployment, { dev })));
  row('Together', performance.now() - began);
  console.log(welcome(deployment, said));

  const first = await Promise.race(opened.map(({ ended }) => ended));
  throw new CannotStart(`${first.sentence}. Everything else is being stopped.`);
}

async function refuseTakenPorts({ port, sandbox }: Deployment): Promise<void> {
  const wanted = [
    { what: '', name: 'PORT', port },
    ...(sandbox ? [{ what: ', for the Koban sandbox,', name: 'SANDBOX_PORT', port: sandbox.port }] : []),
  ];
  for (const { what, name, port } of wanted) {
    if (await portIsFree(port)) continue;
    throw new CannotStart(
      `Port ${port}${what} is taken. Stop what listens there, or choose another one: ${name}=${port + 10} npm start`,
    );
  }
}

async function buildOnce(): Promise<void> {
  const { ok, output } = await build();
  if (!ok) throw new CannotStart(`${output}\n\nThe production build failed.`);
}

/** Does one step and prints its row of the table. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${name}…\r`);
  const result = await work();
  row(name, performance.now() - start);
  return result;
}

function row(name: string, ms: number): void {
  const seconds = ms < 10_000 ? (ms / 1000).toFixed(2) : (ms / 1000).toFixed(1);
  console.log(`  ${name.padEnd(44, ' ')}${seconds.padStart(8)} s`);
}

function welcome({ url, sandbox, seedFile }: Deployment, said: string[]): string {
  const lines = ['', `Parvis is open: ${url}`];
  if (sandbox) lines.push(`Koban, imitated: ${sandbox.url}/console`);
  if (sandbox && seedFile) {
    const accounts = accountsOf(readFileSync(seedFile, 'utf8'));
    lines.push(
      '',
      'Demo accounts',
      ...table(accounts.map(({ email, password, name, title }) => [email, password, `${name}, ${title}`])),
    );
  }
  if (said.length > 0) lines.push('', ...said);
  return [...lines, '', 'Ctrl-C stops everything.', ''].join('\n');
}

/** Rows of text in columns as wide as their widest cell. */
function table(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (all, cells) => cells.map((cell, i) => Math.max(all[i] ?? 0, cell.length)),
    [],
  );
  return rows.map((cells) =>
    `  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ')}`.trimEnd(),
  );
}
