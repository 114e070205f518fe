import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAccount, makeCabinet, makeConvention, sessionOf } from '@/lib/auth/testing';
import { announce } from '@/lib/db/announce';
import { type Database, openPostgres, setDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { asSystem } from '@/lib/db/tenancy';
import { type Cluster, startCluster } from '@/scripts/postgres';
import { liveHub } from './hub';
import { askStream, changeLot, makeStock, Stream } from './testing';

// Several processes need a server: one of its own, whatever database the other tests run on.
let cluster: Cluster;
let db: Database;
beforeAll(async () => {
  cluster = await startCluster();
  db = openPostgres(cluster.url);
  await migrate(db);
  setDatabase(db);
});
afterAll(async () => {
  await (await liveHub()).close();
  await db.close();
  await cluster.stop();
});

async function office() {
  const stock = await makeStock();
  const cabinetId = await makeCabinet();
  await makeConvention(cabinetId, stock.promoter);
  const person = await makeAccount({ role: 'adviser', cabinetId });
  return { ...stock, id: person.id, cookie: await sessionOf(person) };
}

/** Another process, once its stream is open, and the lines that it prints. */
async function neighbour(given: object): Promise<{ child: ChildProcess; lines: string[] }> {
  const script = fileURLToPath(new URL('neighbour.testing.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(given)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { child, lines };
}

it('two processes tell of one another’s changes', async () => {
  const { promoter, cookie } = await office();
  const { child, lines } = await neighbour({ url: cluster.url, cookie, promoter });
  const stream = await Stream.open(cookie);
  child.stdin?.write('THEIRS\n');
  expect(JSON.stringify((await stream.next('stock')).data)).toContain('THEIRS');
  await changeLot(promoter, 'P1-1', { label: 'OURS' });
  await expect.poll(() => lines.some((line) => line.includes('OURS'))).toBe(true);
  child.kill();
  await stream.close();
});

const cutListener =
  "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen parvis' and pid <> pg_backend_pid()";

it('a lost connection is opened again, and what was announced meanwhile is caught up with', async () => {
  const { promoter, id, cookie } = await office();
  const stream = await Stream.open(cookie);
  await db.pool?.query(cutListener);
  await changeLot(promoter, 'P1-0', { label: 'UNHEARD' });
  await expect.poll(() => stream.of('resync').map(({ data }) => data)).toContainEqual({ promoter: null });
  expect(JSON.stringify((await stream.next('stock')).data)).toContain('UNHEARD');
  await asSystem((tx) => announce(tx, { kind: 'note', account: id }));
  await stream.next('note');
  await stream.close();
});

it('while the database is away the streams end, and none is promised', async () => {
  const { cookie } = await office();
  const stream = await Stream.open(cookie);
  const admin = await db.pool?.connect();
  await admin?.query("update pg_database set datallowconn = false where datname = 'postgres'");
  await admin?.query(cutListener);
  expect(await stream.ended).toBe('closed');
  expect((await askStream(cookie)).status).toBe(503);
  await admin?.query("update pg_database set datallowconn = true where datname = 'postgres'");
  admin?.release();
  await expect.poll(async () => (await liveHub()).hears, { timeout: 15_000 }).toBe(true);
  const again = await Stream.open(cookie);
  await again.close();
});
