import { afterEach, describe, expect, it, vi } from 'vitest';
import { fixedClock } from '@/lib/core/clock';
import { createKobanClient } from './client';
import { getLotStatus, undoOption } from './options';
import { clientOf, json, kobanServer } from './testing';

afterEach(() => {
  vi.useRealTimers();
});

const undo = { lotExtcode: 'A12', rank: 1 } as const;
const limits = { tries: 1 };

/** A fetch that answers what `next` says, and lets the test see and release every call. */
function heldFetch() {
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  let most = 0;
  let calls = 0;
  const fetch: typeof globalThis.fetch = async () => {
    calls += 1;
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise<void>((resolve) => waiting.push(resolve));
    inFlight -= 1;
    return Response.json({ Result: 0 });
  };
  return {
    fetch,
    most: () => most,
    calls: () => calls,
    release: () => waiting.shift()?.(),
  };
}

describe('places in flight', () => {
  it('lets four calls through per account, whichever user and client make them, and every one in the end', async () => {
    const held = heldFetch();
    const options = {
      baseUrl: 'http://koban.test/api/v1',
      apiKey: 'shared',
      userKey: 'shared',
      fetch: held.fetch,
    };
    const clients = [
      createKobanClient(options),
      createKobanClient({ ...options, baseUrl: 'http://koban.test/api/v1/', userKey: 'another' }),
    ];
    const calls = clients.flatMap((client) =>
      Array.from({ length: 10 }, (_, lot) => getLotStatus(client, String(lot))),
    );
    await vi.waitFor(() => expect(held.calls()).toBe(4));
    let settled = 0;
    for (const call of calls) call.then(() => (settled += 1));
    await vi.waitFor(
      () => {
        held.release();
        expect(settled).toBe(20);
      },
      { timeout: 5000, interval: 1 },
    );
    expect(held.most()).toBe(4);
  });

  it('gives up a call that waits too long for its place, and never sends it afterwards', async () => {
    const held = heldFetch();
    const client = clientOf('http://koban.test/api/v1', {
      fetch: held.fetch,
      limits: { inFlight: 1, queueMs: 20, tries: 1 },
    });
    const first = getLotStatus(client, 'A');
    expect(await undoOption(client, undo)).toEqual({ kind: 'unreachable', reason: 'busy' });
    held.release();
    expect(await first).toMatchObject({ kind: 'done' });
    expect(held.calls()).toBe(1);
  });

  it('refuses what does not even fit the queue', async () => {
    const held = heldFetch();
    const client = clientOf('http://koban.test/api/v1', {
      fetch: held.fetch,
      limits: { inFlight: 1, queueLength: 0, tries: 1 },
    });
    const first = getLotStatus(client, 'A');
    expect(await undoOption(client, undo)).toEqual({ kind: 'unreachable', reason: 'busy' });
    held.release();
    await first;
  });
});

describe('breaker', () => {
  async function openBreaker() {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T10:00:00Z') });
    const server = await kobanServer(json({}, 503));
    const client = clientOf(server.baseUrl, { limits });
    for (let call = 0; call < 5; call += 1) await getLotStatus(client, 'A');
    return { server, client };
  }

  it('opens after five failures in a row, then sends nothing', async () => {
    const { server, client } = await openBreaker();
    expect(client.breakerState()).toBe('open');
    expect(await getLotStatus(client, 'A')).toEqual({ kind: 'unreachable', reason: 'breaker-open' });
    expect(await undoOption(client, undo)).toEqual({ kind: 'unreachable', reason: 'breaker-open' });
    expect(server.received).toHaveLength(5);
    await server.close();
  });

  it('lets one read try after thirty seconds, never a write', async () => {
    const { server, client } = await openBreaker();
    server.answer(json({ Result: 0 }));
    vi.setSystemTime(new Date('2026-11-26T10:00:31Z'));
    expect(await undoOption(client, undo)).toEqual({ kind: 'unreachable', reason: 'breaker-open' });
    expect(server.received).toHaveLength(5);
    const [probe, beside] = await Promise.all([getLotStatus(client, 'A'), getLotStatus(client, 'B')]);
    expect(probe).toMatchObject({ kind: 'done' });
    expect(beside).toEqual({ kind: 'unreachable', reason: 'breaker-open' });
    expect(client.breakerState()).toBe('closed');
    server.answer(json({ success: true }));
    expect(await undoOption(client, undo)).toMatchObject({ kind: 'done' });
    await server.close();
  });

  it('opens again when the try fails', async () => {
    const { server, client } = await openBreaker();
    vi.setSystemTime(new Date('2026-11-26T10:00:31Z'));
    expect(await getLotStatus(client, 'A')).toMatchObject({ kind: 'unknown', status: 503 });
    expect(await getLotStatus(client, 'A')).toEqual({ kind: 'unreachable', reason: 'breaker-open' });
    await server.close();
  });

  it('stays closed for failures spread over time, odd answers and refused keys', async () => {
    const clock = fixedClock(new Date('2026-11-26T10:00:00Z'));
    const server = await kobanServer(json({}, 503));
    const client = clientOf(server.baseUrl, { limits, clock });
    for (let call = 0; call < 8; call += 1) {
      await getLotStatus(client, 'A');
      clock.advance(10_000);
    }
    expect(client.breakerState()).toBe('closed');
    clock.advance(60_000);
    for (const answer of [json({}, 401), json([]), json({}, 404)]) {
      server.answer(answer);
      for (let call = 0; call < 6; call += 1) await getLotStatus(client, 'A');
    }
    expect(client.breakerState()).toBe('closed');
    await server.close();
  });
});

describe('what an account remembers', () => {
  it('tells when Koban last answered, and how far its clock is from ours', async () => {
    const clock = fixedClock(new Date('2026-11-26T10:00:00Z'));
    const server = await kobanServer((response) => {
      response.writeHead(200, { date: 'Thu, 26 Nov 2026 10:01:30 GMT' });
      response.end('{"Result":0}');
    });
    const client = clientOf(server.baseUrl, { clock, limits });
    expect(client.lastAnswerAt()).toBeNull();
    expect(client.clockSkewMs()).toBeNull();
    const outcome = await getLotStatus(client, 'A');
    expect(outcome).toMatchObject({ kind: 'done', at: clock.now() });
    expect(client.lastAnswerAt()).toEqual(clock.now());
    expect(client.clockSkewMs()).toBe(90_500);
    server.answer(json({}, 500));
    clock.advance(1000);
    await getLotStatus(client, 'A');
    expect(client.lastAnswerAt()).toEqual(new Date('2026-11-26T10:00:00Z'));
    await server.close();
  });
});

describe('keys', () => {
  it('travel in headers only', async () => {
    const server = await kobanServer(json({ Result: 0 }));
    const client = createKobanClient({
      baseUrl: server.baseUrl,
      apiKey: 'secret-api',
      userKey: 'secret-user',
    });
    const outcomes = [await getLotStatus(client, 'A&B=1'), await undoOption(client, undo)];
    for (const { url, body, headers } of server.received) {
      expect(headers).toMatchObject({
        'x-ncapi': 'secret-api',
        'x-ncuser': 'secret-user',
        accept: 'application/json',
      });
      expect(url + body).not.toContain('secret');
    }
    expect(server.received[0]?.url).toBe('/api/v1/ncOption/GetLotStatus?extcode=A%26B%3D1');
    expect(JSON.stringify(outcomes)).not.toContain('secret');
    await server.close();
  });

  it('and addresses that cannot be used are refused without being shown', () => {
    const good = { baseUrl: 'https://koban.test/api/v1', apiKey: 'a', userKey: 'u' };
    for (const bad of [
      { apiKey: 'se\ncret' },
      { userKey: '' },
      { apiKey: 'sécret' },
      { baseUrl: 'https://user:secret@koban.test/' },
      { baseUrl: 'ftp://secret' },
      { baseUrl: 'secret' },
    ]) {
      expect(() => createKobanClient({ ...good, ...bad })).toThrowError(/^(?!.*s[eé]\n?cret)/);
    }
  });
});
