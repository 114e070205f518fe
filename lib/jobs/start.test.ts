import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { SystemActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot, stockSync } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import type { KobanClient } from '@/lib/koban/client';
import { pagedKoban } from '@/lib/stock/paged-koban.testing';
import { addPromoter, clientOf } from '@/lib/stock/testing';
import { enqueue, followOne, jobQueue } from './enqueue';
import { repeat } from './repeat';
import { type Jobs, startJobs } from './start';

const clients = vi.hoisted(() => new Map<string, KobanClient>());
vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: async (id: string) => clients.get(id),
}));

let db: Database;
let jobs: Jobs | null = null;
beforeAll(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await jobs?.stop();
  jobs = null;
});
afterAll(() => db.close());

async function promoterWith(codes: string[]) {
  const actor = await addPromoter();
  const server = pagedKoban(codes.map((code) => ({ code })));
  clients.set(actor.promoter, clientOf(server.fetch));
  return { actor, server };
}
const liveCodes = async (actor: SystemActor) =>
  (await asTenant(actor.scope, (tx) => tx.select().from(lot).orderBy(lot.extcode)))
    .filter((row) => row.withdrawnAt === null)
    .map((row) => row.extcode);
const eventually = { timeout: 15_000, interval: 50 };

it('follows every promoter, and reconciles one when the queue asks for it, on this database', async () => {
  const first = await promoterWith(['A', 'B', 'C']);
  const second = await promoterWith(['X']);
  // A promoter whose Koban is away keeps nobody waiting.
  const away = await promoterWith([]);
  away.server.down(true);
  jobs = await startJobs();
  await vi.waitFor(async () => {
    expect(await liveCodes(first.actor)).toEqual(['A', 'B', 'C']);
    expect(await liveCodes(second.actor)).toEqual(['X']);
  }, eventually);

  second.server.set('X', { status: 'OPTION' });
  await vi.waitFor(
    async () => expect(await (await jobQueue()).getQueue(followOne)).not.toBeNull(),
    eventually,
  );
  await enqueue(followOne, { promoterId: second.actor.promoter });
  await vi.waitFor(async () => {
    const [row] = await asTenant(second.actor.scope, (tx) => tx.select().from(lot));
    expect(row?.statusCode).toBe('OPTION');
  }, eventually);

  first.server.remove('B');
  await vi.waitFor(
    async () => expect(await (await jobQueue()).getQueue('reconcile-promoter')).not.toBeNull(),
    eventually,
  );
  await enqueue('reconcile-promoter', { promoterId: first.actor.promoter });
  await vi.waitFor(async () => expect(await liveCodes(first.actor)).toEqual(['A', 'C']), eventually);
});

it('plans the whole pass of every promoter at night, in Paris', async () => {
  jobs = await startJobs();
  const planned = await vi.waitFor(async () => {
    const [schedule] = await (await jobQueue()).getSchedules('reconcile-stock');
    if (!schedule) throw new Error('Not planned yet');
    return schedule;
  }, eventually);
  expect(planned).toMatchObject({ cron: '23 3 * * *', timezone: 'Europe/Paris' });

  const { actor, server } = await promoterWith(['A', 'B']);
  await enqueue('reconcile-stock', {});
  await vi.waitFor(async () => expect(await liveCodes(actor)).toEqual(['A', 'B']), eventually);
  // The end of the pass is written after its last page.
  await vi.waitFor(async () => {
    const [state] = await asTenant(actor.scope, (tx) => tx.select().from(stockSync));
    expect(state?.reconciledAt).toBeInstanceOf(Date);
  }, eventually);
  expect(server.codes()).toEqual(['A', 'B']);
});

it('takes over at once from a process that died on the embedded database, after its lease elsewhere', async () => {
  const { actor } = await promoterWith(['A']);
  const leaseUntil = new Date(Date.now() + 3_600_000);
  await asTenant(actor.scope, (tx) =>
    tx.insert(stockSync).values({ promoterId: actor.promoter, leaseUntil, phase: 'full' }),
  );
  jobs = await startJobs();
  const [row] = await asTenant(actor.scope, (tx) =>
    tx.select().from(stockSync).where(eq(stockSync.promoterId, actor.promoter)),
  );
  if (db.kind === 'postgres') {
    expect(row?.leaseUntil).toEqual(leaseUntil);
    return;
  }
  await vi.waitFor(async () => expect(await liveCodes(actor)).toEqual(['A']), eventually);
});

it('repeats after a fault, never twice at once, and stops when the round in hand has ended', async () => {
  let rounds = 0;
  let inHand = 0;
  const repeated = repeat('test', 0.001, async () => {
    rounds += 1;
    inHand += 1;
    expect(inHand).toBe(1);
    await new Promise(setImmediate);
    inHand -= 1;
    if (rounds === 2) throw new Error('one bad round');
  });
  await vi.waitFor(() => expect(rounds).toBeGreaterThan(4));
  await repeated.stop();
  expect(inHand).toBe(0);
  const after = rounds;
  await new Promise(setImmediate);
  expect(rounds).toBe(after);
});
