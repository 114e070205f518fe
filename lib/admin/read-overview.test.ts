import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeCabinet, makeConvention, makePromoter, makeStaff } from '@/lib/auth/testing';
import type { Database } from '@/lib/db/client';
import { lead, stockSync, webhookEvent } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { checkDenonciation } from '@/lib/koban/denonciations';
import { clientOf, json, kobanServer } from '@/lib/koban/testing';
import { addDays } from '@/lib/partners/rules';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import { readOverview } from './read-overview';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: async (id: string) => testing.kobans.get(id) ?? testing.quiet,
}));
const testing = vi.hoisted(() => ({
  quiet: {
    ...{ breakerState: () => 'closed', lastAnswerAt: () => null, refusedMethods: () => [] },
    clockSkewMs: () => -90_000,
  },
  kobans: new Map<string, unknown>(),
}));

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

it('counts what waits at this promoter, and nothing of another’s', async () => {
  const [a, b] = [await makePromoter(), await makePromoter()];
  const [ours, theirs] = [await makeStaff(a.id), await makeStaff(b.id)];
  const now = new Date();
  const soon = addDays(now.toISOString().slice(0, 10), 10);
  await makeConvention(await makeCabinet('Ormeau'), a.id, 'all', { validUntil: soon });
  await asSystem(async (tx) => {
    const [event] = await tx
      .insert(webhookEvent)
      .values({ promoterId: a.id, event: 'lead', contentHash: 'x', fields: {}, state: 'quarantined' })
      .returning();
    await tx.insert(lead).values({
      ...{ promoterId: a.id, eventId: event?.id ?? 0, contactType: 'Lead', receivedAt: now },
    });
  });
  const overview = await readOverview(ours, now);
  expect(overview.waiting).toMatchObject({
    ...{ uncertain: 0, uncertainLate: 0, invited: 0, cgp: 1, quarantined: 1, leads: 1 },
    ending: [{ name: 'Ormeau', validUntil: soon }],
  });
  expect(overview.health).toMatchObject({
    ...{ late: true, seenAt: null, lastWebhookAt: expect.any(Date) },
    ...{ clock: 'adrift', clockSkewMs: -90_000 },
  });
  expect(overview.firstPull).toMatchObject({ progress: { complete: false, done: 0 } });
  const other = await readOverview(theirs, now);
  expect(other.waiting).toEqual({
    ...{ uncertain: 0, uncertainLate: 0, invited: 0, cgp: 0, quarantined: 0, leads: 0, ending: [] },
  });
  expect(other.health.lastWebhookAt).toBeNull();
});

it('gives figures of the stock only once it was read whole, and the progress of the first reading until then', async () => {
  const { id } = await makePromoter();
  const staff = await makeStaff(id);
  const pulled = async (fullDoneAt: Date | null) => {
    const sync = { phase: 'full' as const, progressDone: 40, progressTotal: 100, fullDoneAt };
    await asSystem((tx) =>
      tx
        .insert(stockSync)
        .values({ promoterId: id, ...sync })
        .onConflictDoUpdate({ target: stockSync.promoterId, set: sync }),
    );
    noticeStockChange(staff.promoter);
    return (await readOverview(staff, new Date())).firstPull;
  };
  expect(await pulled(null)).toMatchObject({
    promoterName: 'Promoteur',
    progress: { phase: 'full', done: 40, total: 100 },
  });
  expect(await pulled(new Date())).toBeNull();
});

it('says that Koban refuses the keys, of any call or of the reading of the stock, until it takes them again', async () => {
  const { id } = await makePromoter();
  const staff = await makeStaff(id);
  const refused = async () => (await readOverview(staff, new Date())).health.keysRefused;
  const server = await kobanServer(json({}, 403));
  const koban = clientOf(server.baseUrl);
  testing.kobans.set(id, koban);
  expect(await refused()).toBe(false);
  const person = { name: 'Lefèvre', firstName: 'Noémie', email: 'n@exemple.fr', phone: '+33611111111' };
  const ask = () => checkDenonciation(koban, { ...person, programmeCode: 'P1' });
  expect(await ask()).toMatchObject({ kind: 'unknown', reason: 'unauthorised' });
  expect(await refused()).toBe(true);
  server.answer(json({ Activated: true, IsDenonced: false, Exists: false }));
  expect(await ask()).toMatchObject({ kind: 'done' });
  expect(await refused()).toBe(false);
  await server.close();

  await asSystem((tx) => tx.insert(stockSync).values({ promoterId: id, lastFault: 'unknown:unauthorised' }));
  expect(await refused()).toBe(true);
});
