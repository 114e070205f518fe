import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Machine } from '@/lib/audit/write-audit';
import type { SystemActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot, promoter, stockSync } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { pagedKoban } from '@/lib/stock/paged-koban.testing';
import { recordLotStatus } from '@/lib/stock/queries';
import { syncPromoter } from '@/lib/stock/sync-promoter';
import { addPromoter, clientOf } from '@/lib/stock/testing';
import { changeKobanAccess, type KobanAccess, sealAccess } from './change-koban-access';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const machine: Machine = { kind: 'system', name: 'settings' };
const before: KobanAccess = { url: 'https://koban.example/api/v1', apiKey: 'k1', userKey: 'u1' };
const lots = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ code: `${prefix}${index}` }));

async function promoterOn(access: KobanAccess): Promise<SystemActor> {
  const actor = await addPromoter();
  await asSystem((tx) =>
    tx.update(promoter).set(sealAccess(actor.promoter, access)).where(eq(promoter.id, actor.promoter)),
  );
  return actor;
}
const change = (actor: SystemActor, access: KobanAccess) =>
  asSystem((tx) => changeKobanAccess(tx, machine, { promoterId: actor.promoter, access }));
const pull = (actor: SystemActor, server: ReturnType<typeof pagedKoban>) => {
  const koban = clientOf(server.fetch);
  return syncPromoter(actor, { koban: async () => koban, pass: 'due' });
};
const liveLots = async (actor: SystemActor) =>
  (await asTenant(actor.scope, (tx) => tx.select().from(lot))).filter((row) => row.withdrawnAt === null);
const stateOf = async (actor: SystemActor) =>
  (await asTenant(actor.scope, (tx) => tx.select().from(stockSync)))[0];

it.each([
  ['address', { ...before, url: 'https://other.example/api/v1' }],
  ['API key', { ...before, apiKey: 'k2' }],
])(
  'another %s: no lot of the Koban of before can be acted on, and the first pull withdraws them',
  async (_, access) => {
    const actor = await promoterOn(before);
    await pull(actor, pagedKoban(lots('OLD', 60)));
    const seen = { rank: 2, rank1EndsAt: null, seenAt: new Date() } as const;
    await asTenant(actor.scope, (tx) => recordLotStatus(tx, actor.promoter, 'OLD7', seen));
    await change(actor, access);
    expect(await stateOf(actor)).toMatchObject({ watermark: null, fullDoneAt: null });
    expect((await liveLots(actor)).filter((row) => row.actable)).toEqual([]);

    // Both Kobans have a lot of this code, and say the same of it.
    const next = pagedKoban([{ code: 'OLD7' }, ...lots('NEW', 3)]);
    expect(await pull(actor, next)).toMatchObject({ kind: 'done', withdrawn: 59, fault: null });
    const live = await liveLots(actor);
    expect(live.map(({ extcode }) => extcode).sort()).toEqual(['NEW0', 'NEW1', 'NEW2', 'OLD7']);
    expect(live.every(({ actable, optionRank }) => actable && optionRank === null)).toBe(true);
  },
);

it('another user of the same Koban leaves the mirror as it is', async () => {
  const actor = await promoterOn(before);
  await pull(actor, pagedKoban(lots('L', 3)));
  const state = await stateOf(actor);
  await change(actor, { ...before, userKey: 'u2' });
  expect(await stateOf(actor)).toEqual(state);
  expect((await liveLots(actor)).every(({ actable }) => actable)).toBe(true);
});

it('a pull that still reads the Koban of before writes nothing more', async () => {
  const actor = await promoterOn(before);
  const server = pagedKoban(lots('L', 1_200));
  server.afterPage(async () => {
    server.afterPage(() => {});
    await change(actor, { ...before, apiKey: 'k2' });
  });
  expect(await pull(actor, server)).toEqual({ kind: 'busy' });
  expect(await stateOf(actor)).toMatchObject({ watermark: null, fullDoneAt: null, leaseUntil: null });
  expect((await liveLots(actor)).filter((row) => row.actable)).toEqual([]);
});
