import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SystemActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot, promoter, stockSync } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { answerStock } from './answer-stock';
import { noticeStockChange } from './keep-shelf';
import { type PulledLot, pagedKoban } from './paged-koban.testing';
import { recordLotStatus } from './queries';
import { type Grant, revealStock } from './reveal-stock';
import { decodeSnapshot, mergeDelta } from './rules';
import { SEEN_AT_HEADER, type StockBook, type StockDelta, type StockSnapshot } from './schema';
import { syncPromoter } from './sync-promoter';
import { addPromoter, clientOf } from './testing';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const everything = (actor: SystemActor): Grant => ({
  promoterId: actor.promoter,
  allProgrammes: true,
  programmes: new Set(),
});
const only = (actor: SystemActor, ...codes: string[]): Grant => ({
  promoterId: actor.promoter,
  allProgrammes: false,
  programmes: new Set(codes),
});

async function ask(actor: SystemActor, grant: Grant, query = '', headers: Record<string, string> = {}) {
  noticeStockChange(actor.promoter);
  const sight = await revealStock(actor.scope, grant);
  if (!sight) throw new Error('Nothing to see');
  return answerStock(new Request(`http://parvis.test/api/stock?promoter=x${query}`, { headers }), sight);
}

async function snapshot(actor: SystemActor, grant: Grant): Promise<StockBook> {
  const answer: StockSnapshot = await (await ask(actor, grant)).json();
  return decodeSnapshot(answer);
}

/** What a browser does with its next answer. */
async function follow(actor: SystemActor, grant: Grant, held: StockBook): Promise<StockBook> {
  const answer: StockSnapshot | StockDelta = await (await ask(actor, grant, `&since=${held.version}`)).json();
  if (answer.kind === 'snapshot') return decodeSnapshot(answer);
  return mergeDelta(held, answer) ?? snapshot(actor, grant);
}

/**
 * The book without the order of its rows, nor what a version alone tells. A reading that found what the last one found changes only
 * its hour, and raises no version: whoever held the lot before holds the earlier hour.
 */
const contents = (book: StockBook) => ({
  scope: book.scope,
  version: book.version,
  lots: book.lots
    .map((each) => ({
      ...each,
      optionSeenAt: each.optionSeenAt !== null,
      annexes: each.annexes.map((annex) => annex.extcode),
    }))
    .sort((a, b) => (a.extcode < b.extcode ? -1 : 1)),
  annexes: [...book.annexes].sort((a, b) => (a.extcode < b.extcode ? -1 : 1)),
});

/** As a process that has just started: nothing kept in memory. */
const forget = () => (globalThis as { parvisShelves?: Map<unknown, unknown> }).parvisShelves?.clear();

async function stockOf(lots: PulledLot[]) {
  const actor = await addPromoter();
  const server = pagedKoban(lots);
  const koban = clientOf(server.fetch);
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  return { actor, server, koban };
}

it('leaves every browser, after any history, with what a fresh one would download', async () => {
  const codes = ['A', 'B', 'C', 'D', 'E', 'F'];
  const code = fc.constantFrom(...codes);
  const change = fc.oneof(
    fc.record({
      what: fc.constant('status' as const),
      code,
      value: fc.constantFrom('LIBRE', 'OPTION', 'RESV'),
    }),
    fc.record({ what: fc.constant('programme' as const), code, value: fc.constantFrom('P1', 'P2', 'P3') }),
    fc.record({ what: fc.constant('link' as const), code, value: code }),
    fc.record({ what: fc.constant('principal' as const), code, value: fc.constant('') }),
    fc.record({ what: fc.constant('remove' as const), code, value: fc.constant('') }),
    fc.record({ what: fc.constant('add' as const), code, value: fc.constantFrom('P1', 'P2') }),
    fc.record({ what: fc.constant('rename' as const), code, value: code }),
    fc.record({ what: fc.constant('rank' as const), code, value: fc.constantFrom('0', '1', '2') }),
  );
  const history = fc.array(
    fc.record({ changes: fc.array(change, { maxLength: 4 }), pass: fc.constantFrom('due', 'reconcile') }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const rest = Array.from({ length: 20 }, (_, index) => ({ code: `Z${index}`, programme: 'P1' }));
      const { actor, server, koban } = await stockOf([
        ...codes.map((each) => ({ code: each, programme: 'P1' })),
        ...rest,
      ]);
      const grants = [everything(actor), only(actor, 'P1'), only(actor, 'P2', 'P3')];
      let books = await Promise.all(grants.map((grant) => snapshot(actor, grant)));
      for (const { changes, pass } of steps) {
        for (const { what, code: of, value } of changes) {
          const there = server.codes().includes(of);
          if (what === 'add' && !there) server.add({ code: of, programme: value });
          if (!there) continue;
          if (what === 'status') server.set(of, { status: value });
          if (what === 'programme') server.set(of, { programme: value });
          if (what === 'link' && of !== value) server.set(of, { secondary: true, link: `guid-${value}` });
          if (what === 'principal') server.set(of, { secondary: false });
          if (what === 'remove') server.remove(of);
          if (what === 'rename' && !server.codes().includes(value)) server.set(of, { code: value });
          if (what === 'rank') {
            const rank = value === '0' ? 0 : value === '1' ? 1 : 2;
            const seen = { rank, rank1EndsAt: null, seenAt: new Date() } as const;
            await asTenant(actor.scope, (tx) => recordLotStatus(tx, actor.promoter, of, seen));
          }
        }
        // Of so small a stock any part may go.
        await asTenant(actor.scope, (tx) => tx.update(stockSync).set({ reconcileConfirmed: 1_000 }));
        await syncPromoter(actor, { koban: async () => koban, pass });
        books = await Promise.all(
          books.map((book, index) => follow(actor, grants[index] ?? everything(actor), book)),
        );
        const kept = await Promise.all(grants.map((grant) => snapshot(actor, grant)));
        forget();
        const cold = await Promise.all(grants.map((grant) => snapshot(actor, grant)));
        expect(kept.map(contents)).toEqual(cold.map(contents));
        expect(books.map(contents)).toEqual(cold.map(contents));
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

it('shows a listed convention its programmes and not a word of the others', async () => {
  const { actor, server, koban } = await stockOf([
    { code: 'OPEN-1', programme: 'OPEN' },
    { code: 'SECRET-1', programme: 'SECRET' },
    { code: 'SECRET-P1', programme: 'OPEN', secondary: true, link: 'guid-SECRET-1', label: 'P1' },
  ]);
  const grant = only(actor, 'OPEN');
  const whole = await (await ask(actor, grant)).text();
  expect(whole).toContain('OPEN-1');
  expect(whole).not.toContain('SECRET-1');
  expect(decodeSnapshot(JSON.parse(whole)).annexes).toMatchObject([
    { extcode: 'SECRET-P1', principal: null },
  ]);

  const { version } = decodeSnapshot(JSON.parse(whole));
  server.set('SECRET-1', { status: 'OPTION' });
  server.set('OPEN-1', { status: 'OPTION' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const delta = await (await ask(actor, grant, `&since=${version}`)).text();
  expect(delta).toContain('OPEN-1');
  expect(delta).not.toContain('SECRET-1');
  const nothing = await snapshot(actor, only(actor));
  expect([nothing.lots, nothing.annexes]).toEqual([[], []]);
});

it('hides closed programmes, and a lot that moves to one leaves the browsers that held it', async () => {
  const { actor, server, koban } = await stockOf(
    ['A', 'B', 'C', 'D'].map((code) => ({ code, programme: 'P1' })).concat({ code: 'E', programme: 'P2' }),
  );
  const grant = only(actor, 'P1');
  const held = await snapshot(actor, grant);
  server.set('A', { programme: 'P2' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const next = await follow(actor, grant, held);
  expect(next.lots.map((each) => each.extcode).sort()).toEqual(['B', 'C', 'D']);
});

it('reads only what changed, and sends only that', async () => {
  const { actor, server, koban } = await stockOf(
    Array.from({ length: 300 }, (_, index) => ({ code: `L${index}` })),
  );
  const held = await snapshot(actor, everything(actor));
  server.set('L7', { priceCents: 12_345_600 });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const answer: StockDelta = await (await ask(actor, everything(actor), `&since=${held.version}`)).json();
  expect(answer.kind).toBe('delta');
  expect(answer.lots.map(([extcode]) => extcode)).toEqual(['L7']);
  const merged = mergeDelta(held, answer);
  expect(merged?.lots.find((each) => each.extcode === 'L7')?.priceCents).toBe(12_345_600);
  // What did not change is the same object: a list redraws one row.
  expect(merged?.lots.find((each) => each.extcode === 'L8')).toBe(
    held.lots.find((each) => each.extcode === 'L8'),
  );
});

it('answers 304 to whoever holds this version, and again in full once it has moved or the scope is another', async () => {
  const { actor, server, koban } = await stockOf([{ code: 'A' }, { code: 'B', programme: 'P2' }]);
  const grant = everything(actor);
  const first = await ask(actor, grant, '', { 'accept-encoding': 'br' });
  const etag = first.headers.get('etag') ?? '';
  const again = await ask(actor, grant, '', { 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  expect(again.headers.get(SEEN_AT_HEADER)).not.toBeNull();
  expect((await ask(actor, only(actor, 'P2'), '', { 'if-none-match': etag })).status).toBe(200);

  server.touch('A');
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect((await ask(actor, grant, '', { 'if-none-match': etag })).status).toBe(304);
  server.set('A', { status: 'RESV' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect((await ask(actor, grant, '', { 'if-none-match': etag })).status).toBe(200);
});

it('sends the same bytes in the encoding that is asked for', async () => {
  const { actor } = await stockOf([{ code: 'A' }, { code: 'B' }]);
  const body = async (encoding: string) => {
    const answer = await ask(actor, everything(actor), '', { 'accept-encoding': encoding });
    return {
      encoding: answer.headers.get('content-encoding'),
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };
  const [br, gzip, plain, refused] = await Promise.all(
    ['gzip, br', 'gzip', 'identity', 'br;q=0, gzip;q=0'].map(body),
  );
  expect([br?.encoding, gzip?.encoding, plain?.encoding, refused?.encoding]).toEqual([
    'br',
    'gzip',
    null,
    null,
  ]);
  const text = plain?.bytes.toString();
  expect(brotliDecompressSync(br?.bytes ?? '').toString()).toBe(text);
  expect(gunzipSync(gzip?.bytes ?? '').toString()).toBe(text);
});

it("shows a promoter's new mapping at once, to browsers that hold the old one too", async () => {
  const { actor } = await stockOf([{ code: 'A', status: 'MINE' }, { code: 'B' }, { code: 'C' }]);
  const held = await snapshot(actor, everything(actor));
  await asTenant(actor.scope, async (tx) => {
    const [row] = await tx.select().from(promoter);
    if (row)
      await tx.update(promoter).set({ settings: { ...row.settings, statusLabels: { MINE: 'Réservé' } } });
  });
  const next = await follow(actor, everything(actor), held);
  expect(next.lots.find((each) => each.extcode === 'A')?.statusLabel).toBe('Réservé');
});

it('knows the rank and the end of an option placed here before Koban lists the lot under option, and still then', async () => {
  const { actor, server, koban } = await stockOf([{ code: 'A', status: 'LIBRE' }]);
  const read = async () => (await asTenant(actor.scope, (tx) => tx.select().from(lot)))[0];
  const ends = new Date('2030-01-02T10:30:00Z');
  const seenAt = new Date('2030-01-01T00:00:00Z');
  await asTenant(actor.scope, (tx) =>
    recordLotStatus(tx, actor.promoter, 'A', { rank: 1, rank1EndsAt: ends, seenAt }),
  );
  server.set('A', { status: 'OPTION' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await read()).toMatchObject({ statusCode: 'OPTION', optionRank: 1, rank1EndsAt: ends });
  server.set('A', { status: 'LIBRE' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  server.set('A', { status: 'OPTION' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  expect(await read()).toMatchObject({ statusCode: 'OPTION', optionRank: null, rank1EndsAt: null });
});

it('keeps the last reading of a lot’s options until its status changes', async () => {
  const { actor, server, koban } = await stockOf([{ code: 'A', status: 'OPTION' }, { code: 'B' }]);
  const ends = new Date('2030-01-02T10:30:00Z');
  const at = (seconds: number) => new Date(Date.UTC(2030, 0, 1) + seconds * 1_000);
  const note = (rank: 0 | 1 | 2 | null, seconds: number) =>
    asTenant(actor.scope, (tx) =>
      recordLotStatus(tx, actor.promoter, 'A', {
        rank,
        rank1EndsAt: rank === 1 ? ends : null,
        seenAt: at(seconds),
      }),
    );
  expect(await note(1, 10)).toBe(true);
  expect(await note(1, 20)).toBe(false);
  // An older reading that arrives late.
  expect(await note(2, 15)).toBe(false);
  const book = await snapshot(actor, everything(actor));
  expect(book.lots.find((each) => each.extcode === 'A')).toMatchObject({ optionRank: 1, rank1EndsAt: ends });
  server.set('A', { status: 'LIBRE' });
  await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
  const [row] = await asTenant(actor.scope, (tx) => tx.select().from(lot).orderBy(lot.extcode));
  expect(row).toMatchObject({ optionRank: null, rank1EndsAt: null });
});

it('tells screens again that both ranks are taken, when they have ceased to believe it', async () => {
  const { actor } = await stockOf([{ code: 'A', status: 'OPTION' }]);
  const at = (minutes: number) => new Date(Date.UTC(2030, 0, 1) + minutes * 60_000);
  const full = (minutes: number) =>
    asTenant(actor.scope, (tx) =>
      recordLotStatus(tx, actor.promoter, 'A', { rank: 2, rank1EndsAt: null, seenAt: at(minutes) }),
    );
  expect(await full(0)).toBe(true);
  expect(await full(5)).toBe(false);
  expect(await full(16)).toBe(true);
  const book = await snapshot(actor, everything(actor));
  expect(book.lots[0]).toMatchObject({ optionRank: 2, optionSeenAt: at(16) });
});
