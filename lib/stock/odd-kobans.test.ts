import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { programme } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { pagedKoban } from './paged-koban.testing';
import { syncPromoter } from './sync-promoter';
import { addPromoter, clientOf, liveCodes, lotsOf, many, versionOf } from './testing';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

it('ends on a server that repeats one page for ever, and proves nothing gone by it', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(900));
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  server.ignoreStart(true);
  const result = await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' });
  expect(result).toMatchObject({ kind: 'done', withdrawn: 0, fault: 'pages-inexact' });
  expect((await liveCodes(actor)).length).toBe(900);
});

it('follows a server that sends fewer lots than asked, and asks smaller pages of one that cannot send them', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(230));
  server.longestPage(50);
  await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' });
  expect((await liveCodes(actor)).length).toBe(230);

  const heavy = await addPromoter();
  const fat = pagedKoban(many(200).map((each) => ({ ...each, label: 'x'.repeat(30_000) })));
  await syncPromoter(heavy, { koban: async () => clientOf(fat.fetch), pass: 'due' });
  expect((await liveCodes(heavy)).length).toBe(200);
});

it('reads to the end a Koban that announces no number, and withdraws nothing by it', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(1_130));
  const koban = clientOf(server.fetch);
  server.announceNothing(true);
  server.longestPage(50);
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    kind: 'done',
    fault: null,
  });
  expect((await liveCodes(actor)).length).toBe(1_130);

  server.remove('L0007');
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' })).toMatchObject({
    kind: 'done',
    withdrawn: 0,
    fault: 'pages-inexact',
  });
  expect(await liveCodes(actor)).toContain('L0007');
  server.set('L0008', { status: 'RESV' });
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
    changed: 1,
    fault: null,
  });
});

it('keeps statuses that it does not know, lots without a code, and annexes by their guid', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([
    { code: 'A', status: 'RES-PART', statusLabel: 'Réservé partenaires' },
    { code: null, guid: 'c0ffee' },
    { code: 'P1', secondary: true, link: 'guid-A' },
  ]);
  await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' });
  const rows = new Map((await lotsOf(actor)).map((row) => [row.extcode, row]));
  expect(rows.get('A')).toMatchObject({
    statusCode: 'RES-PART',
    statusLabel: 'Réservé partenaires',
    actable: true,
  });
  expect(rows.get('c0ffee')).toMatchObject({ actable: false, guid: 'c0ffee' });
  expect(rows.get('P1')).toMatchObject({ secondary: true, principalGuid: 'guid-A' });
});

it('gives a lot that changes its code one live row', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([{ code: 'OLD', guid: 'g1' }, { code: 'B' }]);
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  server.set('OLD', { code: 'NEW' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await liveCodes(actor)).toEqual(['B', 'NEW']);
  const old = (await lotsOf(actor)).find((row) => row.extcode === 'OLD');
  expect(old?.withdrawnAt).not.toBeNull();
  expect(old?.version).toBe(await versionOf(actor));
});

it('keeps one of two lots under one code, whichever pages they come on', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([
    { code: 'TWIN', guid: 'first' },
    ...many(120),
    { code: 'TWIN', guid: 'second' },
  ]);
  server.longestPage(50);
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const version = await versionOf(actor);
  for (let night = 0; night < 2; night += 1)
    expect(await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' })).toMatchObject({
      changed: 0,
      fault: null,
    });
  expect(await versionOf(actor)).toBe(version);
  expect((await lotsOf(actor)).find((row) => row.extcode === 'TWIN')?.guid).toBe('first');
});

it('brings a withdrawn programme back, as it was, with the first lot that names it', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([{ code: 'A' }, { code: 'B', programme: 'END' }]);
  const koban = clientOf(server.fetch);
  const ended = async () =>
    (await asTenant(actor.scope, (tx) => tx.select().from(programme).where(eq(programme.code, 'END'))))[0];
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  server.remove('B');
  await syncPromoter(actor, { koban: async () => koban, pass: 'reconcile' });
  const before = await ended();
  expect(before?.withdrawnAt).not.toBeNull();

  // The programmes are read every five minutes; the lot comes before.
  server.add({ code: 'C', programme: 'END' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await ended()).toEqual({ ...before, withdrawnAt: null, version: expect.any(Number) });
  expect((await ended())?.version).toBeGreaterThan(before?.version ?? 0);
});

it('gives a programme that only lots name a row, and mirrors lots when the programmes cannot be had', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([{ code: 'A', programme: 'GHOST' }]);
  server.noProgrammes(true);
  expect(await syncPromoter(actor, { koban: async () => clientOf(server.fetch), pass: 'due' })).toMatchObject(
    {
      kind: 'done',
      changed: 1,
      fault: 'programmes:unknown:server-error',
    },
  );
  const rows = await asTenant(actor.scope, (tx) => tx.select().from(programme));
  expect(rows.map((row) => row.code)).toEqual(['GHOST']);
});

it('gives a lot that names its programme by guid alone its code, when the programmes come after it', async () => {
  const actor = await addPromoter();
  const server = pagedKoban([{ code: 'A', programme: 'LATE', programmeByGuid: true }]);
  const koban = clientOf(server.fetch);
  server.noProgrammes(true);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const before = await versionOf(actor);
  server.noProgrammes(false);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const [row] = await lotsOf(actor);
  expect(row).toMatchObject({ extcode: 'A', programmeCode: 'LATE' });
  expect(row?.version).toBeGreaterThan(before);
});

it('misses no change of a Koban whose clock runs behind and whose answers have no date', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(30), { behindSeconds: 7_200 });
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  for (const code of ['L0001', 'L0002', 'L0003']) {
    server.set(code, { status: 'RESV' });
    expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({
      changed: 1,
    });
  }
  expect(await syncPromoter(actor, { koban: async () => koban, pass: 'due' })).toMatchObject({ changed: 0 });
});

it('asks a Koban that listed nothing for everything again', async () => {
  const actor = await addPromoter();
  const server = pagedKoban(many(3));
  const dated: typeof fetch = async (...call) => {
    const response = await server.fetch(...call);
    response.headers.set('date', new Date().toUTCString());
    return response;
  };
  const koban = clientOf(dated);
  server.hideLots(true);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  server.hideLots(false);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await liveCodes(actor)).toEqual(['L0001', 'L0002', 'L0003']);
});
