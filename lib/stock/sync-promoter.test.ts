import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { lotChange, programme, stockSync } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { pagedKoban } from './paged-koban.testing';
import { freshness } from './rules';
import { syncPromoter } from './sync-promoter';
import { addPromoter, clientOf, liveCodes, lotsOf, many, openKoban, stateOf, versionOf } from './testing';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

it('mirrors every lot and programme of the demo at the first pull, with its progress', async () => {
  const actor = await addPromoter();
  const { sandbox, koban } = openKoban();
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
    fault: null,
  });

  const account = sandbox.state.accounts.find(({ slug }) => slug === 'valmont');
  const rows = await lotsOf(actor);
  expect(rows.map((row) => row.extcode).sort()).toEqual(
    account
      ?.lotsByChange()
      .map((each) => each.extcode)
      .sort(),
  );
  const programmes = await asTenant(actor.scope, (tx) => tx.select().from(programme));
  expect(programmes.map((row) => row.code).sort()).toEqual([...(account?.programmes.keys() ?? [])].sort());
  const state = await stateOf(actor);
  expect(state).toMatchObject({ phase: 'waiting', progressDone: rows.length, progressTotal: rows.length });
  expect(state?.fullDoneAt).not.toBeNull();
  expect(state?.leaseUntil).toBeNull();
});

it('raises the version for real changes only', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(30));
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const first = await versionOf(actor);
  // Touched, listed again, and the same.
  server.touch('L0003');
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
    changed: 0,
  });
  expect(await versionOf(actor)).toBe(first);

  server.set('L0003', { status: 'OPTION' });
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
    changed: 1,
  });
  expect(await versionOf(actor)).toBe(first + 1);
  const [row] = (await lotsOf(actor)).filter((each) => each.extcode === 'L0003');
  expect(row).toMatchObject({ statusCode: 'OPTION', version: first + 1 });
});

it('asks for what changed since the watermark, ten minutes earlier, and moves it only after the last page', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(1_200));
  const koban = clientOf(server.fetch);
  server.failAfterPages(2);
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toEqual({
    kind: 'failed',
    fault: 'unknown:server-error',
  });
  const cut = await stateOf(actor);
  expect(cut).toMatchObject({
    watermark: null,
    fullDoneAt: null,
    lastSeenAt: null,
    lastFault: 'unknown:server-error',
  });
  // The pages before the fault are there, and their number.
  expect((await lotsOf(actor)).length).toBe(cut?.progressDone);
  expect(cut?.progressTotal).toBe(1_200);

  server.failAfterPages(null);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect((await liveCodes(actor)).length).toBe(1_200);
  const watermark = (await stateOf(actor))?.watermark?.getTime() ?? 0;
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(server.lastUpdated()).toBe(Math.floor((watermark - 600_000) / 1000));
});

it('loses nothing when lots move up between two pages', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(1_600));
  // Each page seen, a lot of it changes: it goes to the end, and every later lot takes the place of the one before.
  let turn = 0;
  server.afterPage(() => {
    if (turn < 5)
      for (let index = 0; index < 3; index += 1)
        server.set(`L${String(turn * 7 + index + 1).padStart(4, '0')}`, { status: `S${turn}` });
    turn += 1;
  });
  expect(await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' })).toMatchObject(
    {
      kind: 'done',
    },
  );
  expect(await liveCodes(actor)).toEqual(many(1_600).map((each) => each.code));
});

it('loses nothing when lots are deleted or arrive between two pages', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(1_600));
  let turn = 0;
  server.afterPage(() => {
    turn += 1;
    if (turn === 1) for (const code of ['L0001', 'L0002', 'L0010']) server.remove(code);
    if (turn === 2) server.add({ code: 'NEW' });
  });
  await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' });
  const live = new Set(await liveCodes(actor));
  for (const code of server.codes()) expect(live).toContain(code);
});

it('withdraws by the whole pass what Koban no longer lists, and brings it back when it does', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(60));
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  server.remove('L0007');
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await liveCodes(actor)).toContain('L0007');
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' })).toMatchObject({
    withdrawn: 1,
    fault: null,
  });
  expect(await liveCodes(actor)).not.toContain('L0007');
  expect((await stateOf(actor))?.reconciledAt).not.toBeNull();

  server.add({ code: 'L0007' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await liveCodes(actor)).toContain('L0007');
});

it('withdraws nothing by a pass that fails, finds nothing, or finds little', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(700));
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const before = await versionOf(actor);

  server.failAfterPages(1);
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' })).toMatchObject({
    kind: 'failed',
  });
  server.failAfterPages(null);
  const codes = server.codes();
  for (const code of codes) server.remove(code);
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' })).toMatchObject({
    withdrawn: 0,
    fault: 'reconcile:nothing-listed',
  });
  for (const code of codes.slice(0, 100)) server.add({ code });
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' })).toMatchObject({
    withdrawn: 0,
    fault: 'reconcile:most-gone',
  });
  // The pulls of the day do not hide it.
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await stateOf(actor)).toMatchObject({
    lastFault: null,
    reconcileFault: 'reconcile:most-gone',
    reconcileGone: 600,
  });
  expect((await liveCodes(actor)).length).toBe(700);
  expect(await versionOf(actor)).toBe(before);

  // A person may confirm it, for as many as they were told of.
  const confirm = (lots: number) =>
    asTenant(actor.scope, (tx) => tx.update(stockSync).set({ reconcileConfirmed: lots }));
  await confirm(600);
  server.remove(codes[0] ?? '');
  await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' });
  expect(await stateOf(actor)).toMatchObject({ reconcileGone: 601, reconcileConfirmed: null });
  expect((await liveCodes(actor)).length).toBe(700);
  await confirm(601);
  await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' });
  expect((await liveCodes(actor)).length).toBe(99);
  expect(await stateOf(actor)).toMatchObject({ reconcileFault: null, reconcileGone: null });
});

it('keeps the stock while Koban is down, and recovers by itself', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(40));
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const before = await stateOf(actor);
  server.down(true);
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toEqual({
    kind: 'failed',
    fault: 'unreachable:refused',
  });
  const during = await stateOf(actor);
  expect(during?.lastSeenAt).toEqual(before?.lastSeenAt);
  expect(during?.watermark).toEqual(before?.watermark);
  expect(during?.lastAttemptAt?.getTime()).toBeGreaterThan(before?.lastAttemptAt?.getTime() ?? 0);
  expect((await liveCodes(actor)).length).toBe(40);
  server.down(false);
  server.set('L0001', { status: 'RESV' });
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
    changed: 1,
    fault: null,
  });
  expect((await stateOf(actor))?.lastFault).toBeNull();
});

it.each([
  ['hangs', 'unknown:timeout'],
  ['asks to slow down', 'unknown:rate-limited'],
] as const)('keeps the stock and says its age while Koban %s, and recovers by itself', async (how, fault) => {
  const actor = await addPromoter();
  const server = pagedKoban(many(40));
  const koban = clientOf(server.fetch, undefined, 100);
  const pull = () => syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  await pull();
  const before = await stateOf(actor);
  server.set('L0001', { status: 'RESV' });
  server.answer(
    how === 'hangs' ? () => new Promise(() => {}) : async () => new Response('', { status: 429 }),
  );
  expect(await pull()).toEqual({ kind: 'failed', fault });
  const during = await stateOf(actor);
  expect(during).toMatchObject({
    watermark: before?.watermark,
    lastSeenAt: before?.lastSeenAt,
    lastFault: fault,
  });
  expect((await liveCodes(actor)).length).toBe(40);
  const seenAt = during?.lastSeenAt ?? new Date(0);
  const age = freshness(seenAt, new Date(), new Date(seenAt.getTime() + 121_000));
  expect(age).toMatchObject({ state: 'stale', seenAt: before?.lastSeenAt });
  server.answer(null);
  expect(await pull()).toMatchObject({ kind: 'done', changed: 1, fault: null });
  expect((await lotsOf(actor)).find(({ extcode }) => extcode === 'L0001')?.statusCode).toBe('RESV');
});

it('reads to the end a Koban whose pages are slow, each within its deadline', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(230));
  server.longestPage(50);
  server.afterPage(() => new Promise((resolve) => setTimeout(resolve, 60)));
  const koban = clientOf(server.fetch, undefined, 200);
  // Together they take longer than one call may.
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
  });
  expect((await liveCodes(actor)).length).toBe(230);
});

it('takes nothing from an answer that comes after its deadline, and misses no change by it', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(40));
  const koban = clientOf(server.fetch, undefined, 100);
  const pull = () => syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  await pull();
  const late = Promise.withResolvers<void>();
  const given = Promise.withResolvers<void>();
  server.set('L0001', { status: 'OPTION' });
  server.afterPage(async () => {
    await late.promise;
    given.resolve();
  });
  expect(await pull()).toEqual({ kind: 'failed', fault: 'unknown:timeout' });
  // What Koban says too late was true then: the lot has changed again, and that is what is read.
  server.afterPage(() => {});
  server.set('L0001', { status: 'RESV' });
  expect(await pull()).toMatchObject({ kind: 'done', changed: 1, fault: null });
  late.resolve();
  await given.promise;
  expect(await pull()).toMatchObject({ kind: 'done', changed: 0 });
  expect((await lotsOf(actor)).find(({ extcode }) => extcode === 'L0001')?.statusCode).toBe('RESV');
});

it('lets one process at a time feed a mirror, and another take over from one that died', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(1_200));
  const koban = clientOf(server.fetch);
  const second = Promise.withResolvers<unknown>();
  server.afterPage(() => {
    server.afterPage(() => {});
    syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' }).then(
      second.resolve,
      second.reject,
    );
  });
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
  });
  expect(await second.promise).toEqual({ kind: 'busy' });

  // Its lease ran out while it was away: what it still has in hand is not written.
  server.afterPage(async () => {
    server.afterPage(() => {});
    await asTenant(actor.scope, (tx) =>
      tx.update(stockSync).set({ leaseUntil: sql`now() - interval '1 second'`, fence: sql`fence + 1` }),
    );
  });
  server.set('L0002', { status: 'RESV' });
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toEqual({ kind: 'busy' });
  expect((await lotsOf(actor)).find((row) => row.extcode === 'L0002')?.statusCode).toBe('LIBRE');
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
    changed: 1,
  });
});

it('keeps what is news of lots once it has pulled them all, and nothing of the first pull', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([...many(30), { code: 'P1', secondary: true }]);
  const koban = async () => clientOf(server.fetch);
  const news = () =>
    asTenant(actor.scope, (tx) =>
      tx
        .select({
          extcode: lotChange.extcode,
          kind: lotChange.kind,
          before: lotChange.before,
          after: lotChange.after,
        })
        .from(lotChange)
        .orderBy(lotChange.id),
    );
  await syncPromoter(actor, { koban, pass: 'due' });
  server.touch('L0001');
  await syncPromoter(actor, { koban, pass: 'due' });
  expect(await news()).toEqual([]);

  server.set('L0002', { status: 'OPTION' });
  server.set('L0003', { status: 'PRERESV', priceCents: 21_000_000 });
  server.set('P1', { status: 'OPTION' });
  server.set('L0005', { label: 'Renommé' });
  server.add({ code: 'L0031' });
  await syncPromoter(actor, { koban, pass: 'due' });
  server.remove('L0004');
  await syncPromoter(actor, { koban, pass: 'reconcile' });
  server.add({ code: 'L0004', status: 'OPTION' });
  await syncPromoter(actor, { koban, pass: 'due' });
  const kept = await news();
  expect(kept.filter(({ extcode }) => extcode === 'L0004')).toEqual([
    { extcode: 'L0004', kind: 'withdrawn', before: 'LIBRE', after: null },
    { extcode: 'L0004', kind: 'new', before: null, after: 'OPTION' },
  ]);
  expect(kept.filter(({ extcode }) => extcode !== 'L0004').sort(byName)).toEqual([
    { extcode: 'L0002', kind: 'status', before: 'LIBRE', after: 'OPTION' },
    { extcode: 'L0003', kind: 'price', before: '20000000', after: '21000000' },
    { extcode: 'L0003', kind: 'status', before: 'LIBRE', after: 'PRERESV' },
    { extcode: 'L0031', kind: 'new', before: null, after: 'LIBRE' },
  ]);
});

const byName = (a: { extcode: string; kind: string }, b: { extcode: string; kind: string }) =>
  `${a.extcode} ${a.kind}`.localeCompare(`${b.extcode} ${b.kind}`);
