import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { type Office, openOffice, testKoban } from '@/lib/denonciations/testing';
import { answerKoban } from './answer-koban';
import { endOldSecret } from './end-old-secret';
import { forgetDoors } from './know-caller';
import { takeCall } from './limit-calls';
import { webhookAddresses } from './queries';
import { rotateSecret } from './rotate-secret';
import { addStaff, call, keptOf, openDoor, SECRET } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));
// What is kept is all that counts here: nothing is worked upon.
vi.mock('./process-events', () => ({ wakeProcessing: () => {} }));
const lines = vi.hoisted(() => [] as unknown[]);
vi.mock('@/lib/core/log', async (original) => ({
  ...(await original<typeof import('@/lib/core/log')>()),
  log: () => ({
    error: (...line: unknown[]) => lines.push(line),
    warn: (...line: unknown[]) => lines.push(line),
  }),
}));

let db: Database;
let office: Office;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  await openDoor(office);
  return () => office.close();
});
afterAll(() => db.close());

const cancelled = 'Deal_Extcode=A1&Deal_Guid=5e8b&Third_Extcode=&Third_Guid=5e8b0001&Rank=1';

describe('who may call', () => {
  it('the secret in the header or in the address, and the answer that Koban documents', async () => {
    const answer = await call(office, 'option-cancelled', { body: cancelled });
    expect([answer.status, await answer.json()]).toEqual([200, { success: true }]);
    const query = `?secret=${SECRET}`;
    expect((await call(office, 'option-cancelled', { secret: null, query, body: cancelled })).status).toBe(
      200,
    );
    const [first, second] = await keptOf(office);
    expect(first).toMatchObject({
      event: 'option-cancelled',
      state: 'received',
      lotExtcode: 'A1',
      fields: { Deal_Extcode: 'A1', Deal_Guid: '5e8b', Third_Extcode: '', Third_Guid: '5e8b0001', Rank: '1' },
    });
    expect(second).toMatchObject({ code: 'same-again', contentHash: first?.contentHash });
  });

  it.each<[string, { secret: string | null; query?: string }]>([
    ['none', { secret: null }],
    ['wrong', { secret: 'a-secret-of-32-characters-at-alL' }],
    ['empty', { secret: '' }],
    ['twice in the address', { secret: null, query: `?secret=${SECRET}&secret=${SECRET}` }],
    ['wrong in the header, right in the address', { secret: 'no', query: `?secret=${SECRET}` }],
  ])('a secret that is %s: 401, and nothing is kept', async (_, how) => {
    const answer = await call(office, 'option-cancelled', { ...how, body: cancelled });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      success: false,
      error: { message: expect.any(String), code: 'unauthorised' },
    });
    const check = await call(office, 'option-check', { ...how, query: how.query ?? '?extcode=A1' });
    expect([check.status, await check.json()]).toEqual([401, { status: false }]);
    expect(await keptOf(office)).toEqual([]);
  });

  it("another promoter's secret does not open, nor an unknown token, known or not in this process", async () => {
    const other = await openOffice();
    await openDoor(other);
    const staff = await addStaff(other);
    await rotateSecret(staff);
    const { secret } = await webhookAddresses(staff);
    expect((await call(office, 'option-cancelled', { secret, body: cancelled })).status).toBe(401);
    expect((await call(other, 'option-cancelled', { secret, body: cancelled })).status).toBe(200);
    const headers = { 'x-parvis-secret': SECRET, 'content-type': 'application/x-www-form-urlencoded' };
    for (const token of ['', 'x'.repeat(48), '%00', office.promoter.toUpperCase()]) {
      const request = new Request('http://portal.test/', { method: 'POST', headers, body: cancelled });
      expect((await answerKoban(request, { token, event: 'option-cancelled' })).status, token).toBe(401);
    }
    expect(await keptOf(office)).toEqual([]);
    await other.close();
  });

  it('takes as long to refuse an unknown token as a wrong secret', async () => {
    const time = async (token: string) => {
      const spent: number[] = [];
      for (let round = 0; round < 300; round += 1) {
        const request = new Request('http://portal.test/', {
          method: 'POST',
          headers: { 'x-parvis-secret': 'no' },
        });
        const start = performance.now();
        await answerKoban(request, { token, event: 'option-cancelled' });
        spent.push(performance.now() - start);
      }
      return spent.sort((a, b) => a - b)[150] ?? 0;
    };
    await time(office.promoter);
    const [known, unknown] = [await time(office.promoter), await time('unknown')];
    // Far below what a network lets anyone see.
    expect(Math.abs(known - unknown)).toBeLessThan(0.3);
  });

  it('after a rotation both secrets open for seven days, and the one before the old no longer does', async () => {
    const staff = await addStaff(office);
    await rotateSecret(staff);
    const { secret, oldUntil, addresses } = await webhookAddresses(staff);
    expect(addresses.map(({ event }) => event)).toContain('option-check');
    expect(oldUntil?.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    const opens = async (given: string) =>
      (await call(office, 'option-cancelled', { secret: given, body: cancelled })).status;
    expect([await opens(SECRET), await opens(secret)]).toEqual([200, 200]);
    vi.useFakeTimers({ now: Date.now() + 7.1 * 86_400_000, toFake: ['Date'] });
    expect([await opens(SECRET), await opens(secret)]).toEqual([401, 200]);
    vi.useRealTimers();
    await rotateSecret(staff);
    expect([await opens(SECRET), await opens(secret)]).toEqual([401, 200]);
  });

  it('the old secret opens no longer once the promoter’s own staff have ended it', async () => {
    const staff = await addStaff(office);
    expect(await endOldSecret(staff)).toBe(false);
    await rotateSecret(staff);
    const { secret } = await webhookAddresses(staff);
    const other = await openOffice();
    expect(await endOldSecret(await addStaff(other))).toBe(false);
    await other.close();
    const opens = async (given: string) =>
      (await call(office, 'option-cancelled', { secret: given, body: cancelled })).status;
    expect([await opens(SECRET), await opens(secret)]).toEqual([200, 200]);
    expect(await endOldSecret(staff)).toBe(true);
    expect([await opens(SECRET), await opens(secret)]).toEqual([401, 200]);
    expect(await webhookAddresses(staff)).toMatchObject({ secret, oldUntil: null });
    expect(await endOldSecret(staff)).toBe(false);
  });
});

describe('what is refused, with nothing kept', () => {
  it.each([
    ['JSON', 415, { body: JSON.stringify({ Deal_Extcode: 'A1' }), type: 'application/json' }],
    ['no content type', 415, { body: new Uint8Array([65]), type: '' }],
    [
      'another charset',
      415,
      { body: cancelled, type: 'application/x-www-form-urlencoded; charset=iso-8859-1' },
    ],
    ['bytes that are not UTF-8', 415, { body: new Uint8Array([65, 61, 0xe9]) }],
    ['escapes that are not UTF-8', 415, { body: 'Third_Name=Lef%E8vre' }],
    ['a broken escape', 415, { body: 'Rank=%zz' }],
    ['NUL', 415, { body: 'Rank=%00' }],
    ['a doubled field', 400, { body: `${cancelled}&Rank=2` }],
    ['a field doubled by its escape', 400, { body: `${cancelled}&R%61nk=2` }],
    ['a doubled parameter of the address', 400, { body: cancelled, query: '?a=1&a=2' }],
    ['more than 64 kB', 413, { body: `Deal_Extcode=${'A'.repeat(64_000)}` }],
    ['a thousand fields', 400, { body: Array.from({ length: 1_000 }, (_, i) => `f${i}=1`).join('&') }],
  ])('%s', async (_, status, how) => {
    const answer = await call(office, 'option-cancelled', how);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ success: false, error: { code: expect.any(String) } });
    expect(await keptOf(office)).toEqual([]);
  });

  it('a stream that never says its length is cut at 64 kB', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new TextEncoder().encode('A'.repeat(10_000)));
      },
    });
    const headers = { 'x-parvis-secret': SECRET, 'content-type': 'application/x-www-form-urlencoded' };
    const request = new Request('http://portal.test/', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    const answer = await answerKoban(request, { token: office.promoter, event: 'lead' });
    expect([answer.status, sent < 20]).toEqual([413, true]);
  });

  it('other methods and other events', async () => {
    expect((await call(office, 'option-cancelled')).status).toBe(405);
    expect((await call(office, 'option-check', { body: 'extcode=A1' })).status).toBe(405);
    expect((await call(office, 'option-sold', { body: cancelled })).status).toBe(404);
    expect((await call(office, 'option-check', { query: '?extcode=A1&extcode=A2' })).status).toBe(400);
    expect(await keptOf(office)).toEqual([]);
  });

  it('with the database away Koban is told to come again, and the secret of its address reaches no log', async () => {
    forgetDoors();
    const { setDatabase } = await import('@/lib/db/client');
    const away = {
      ...db,
      orm: new Proxy(db.orm, { get: () => () => Promise.reject(new Error(`away ${SECRET}`)) }),
    };
    setDatabase(away);
    try {
      const query = `?secret=${SECRET}`;
      const answer = await call(office, 'lead', { secret: null, query, body: 'Contact_Type=Lead' });
      expect([answer.status, await answer.json()]).toMatchObject([
        503,
        { success: false, error: { code: 'unavailable' } },
      ]);
      const check = await call(office, 'option-check', { secret: null, query: `${query}&extcode=A1` });
      expect(await check.json()).toEqual({ status: false });
    } finally {
      setDatabase(db);
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});

it("a promoter's flood is cut off, and another's calls pass", async () => {
  const other = await openOffice();
  let taken = 0;
  for (let at = 0; at < 60_000; at += 5) if (takeCall(office.promoter, at)) taken += 1;
  // Two thousand at once, then fifty a second.
  expect(taken).toBeGreaterThan(4_900);
  expect(taken).toBeLessThan(5_100);
  expect(takeCall(other.promoter, 60_000)).toBe(true);
  for (let n = 0; n < 3_000; n += 1) takeCall(other.promoter);
  await openDoor(other);
  const answer = await call(other, 'option-cancelled', { body: cancelled });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '5']);
  expect((await call(other, 'option-check', { query: '?extcode=A1' })).status).toBe(429);
  expect(await keptOf(other)).toEqual([]);
  await other.close();
});
