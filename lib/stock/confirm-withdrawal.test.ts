import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { asAccountId, mintOperator } from '@/lib/core/mint';
import type { Database } from '@/lib/db/client';
import { account, audit, lot } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { jobQueue, reconcileOne } from '@/lib/jobs/enqueue';
import { type Jobs, startJobs } from '@/lib/jobs/start';
import type { KobanClient } from '@/lib/koban/client';
import { confirmWithdrawal } from './confirm-withdrawal';
import { pagedKoban } from './paged-koban.testing';
import { mirrorStates } from './queries';
import { syncPromoter } from './sync-promoter';
import { addPromoter, clientOf } from './testing';

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

async function anOperator() {
  const person = { email: 'exploitation@parvis.exemple', name: 'Exploitation', role: 'operator' } as const;
  const [row] = await asSystem((tx) => tx.insert(account).values(person).returning({ id: account.id }));
  return mintOperator({ account: asAccountId(row?.id ?? ''), name: person.name });
}

it('withdraws most of a stock once the operator has confirmed it, by a pass that reads Koban again', async () => {
  const operator = await anOperator();
  const actor = await addPromoter();
  const codes = Array.from({ length: 40 }, (_, index) => `L${index}`);
  const server = pagedKoban(codes.map((code) => ({ code })));
  const koban = clientOf(server.fetch);
  clients.set(actor.promoter, koban);
  const sync = (pass: 'due' | 'reconcile') => syncPromoter(actor, { koban: async () => koban, pass });
  const live = async () =>
    (await asTenant(actor.scope, (tx) => tx.select().from(lot))).filter((row) => row.withdrawnAt === null)
      .length;
  const state = async () =>
    (await mirrorStates(operator)).find(({ promoterId }) => promoterId === actor.promoter);
  await sync('due');
  for (const code of codes.slice(0, 30)) server.remove(code);
  await sync('reconcile');
  expect(await state()).toMatchObject({ lots: 40, reconcileFault: 'reconcile:most-gone', gone: 30 });

  jobs = await startJobs();
  await vi.waitFor(async () => expect(await (await jobQueue()).getQueue(reconcileOne)).not.toBeNull(), {
    timeout: 15_000,
  });
  const confirm = (gone: number) => confirmWithdrawal(operator, { promoterId: actor.promoter, gone });
  // What the page showed is no longer so.
  expect(await confirm(29)).toBe(false);
  expect(await live()).toBe(40);
  expect(await confirm(30)).toBe(true);
  expect(await confirm(30)).toBe(false);
  await vi.waitFor(async () => expect(await live()).toBe(10), { timeout: 15_000 });
  await vi.waitFor(async () =>
    expect(await state()).toMatchObject({ reconcileFault: null, gone: null, confirmed: null }),
  );
  const entries = await asSystem((tx) =>
    tx
      .select()
      .from(audit)
      .where(and(eq(audit.action, 'stock.withdrawal-confirmed'), eq(audit.promoterId, actor.promoter))),
  );
  expect(entries).toMatchObject([{ actorKind: 'operator', facts: { lots: 30 } }]);
});
