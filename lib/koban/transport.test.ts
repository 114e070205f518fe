import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOption, getLotStatus, undoOption } from './options';
import type { Answer } from './testing';
import { clientOf, json, kobanServer } from './testing';
import { getThirdByExtcode, postProspect } from './thirds';

// What the socket does, seen through one read and one write: RELIABILITY Annex B, one test per line of it.

let server: Awaited<ReturnType<typeof kobanServer>>;
beforeAll(async () => {
  server = await kobanServer(json({}));
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});

const option = { thirdGuid: '5e8b0001', lotExtcode: 'A12', placedAt: new Date(0), rank: 1 } as const;
const quick = { limits: { totalMs: 1_000, tries: 1 } };
const add = (baseUrl = server.baseUrl, options = {}) => addOption(clientOf(baseUrl, options), option);
const read = (baseUrl = server.baseUrl, options = {}) => getLotStatus(clientOf(baseUrl, options), 'A12');

describe('nothing was sent', () => {
  it.each([
    ['dns', 'http://koban.invalid/api/v1'],
    ['refused', 'http://127.0.0.1:4119/api/v1'],
  ])('%s', async (reason, baseUrl) => {
    expect(await add(baseUrl)).toEqual({ kind: 'unreachable', reason });
    expect(await read(baseUrl)).toEqual({ kind: 'unreachable', reason });
  });

  it('tls: no key leaves for a server that cannot prove itself', async () => {
    const baseUrl = server.baseUrl.replace('http:', 'https:');
    expect(await add(baseUrl)).toEqual({ kind: 'unreachable', reason: 'tls' });
    expect(server.received).toHaveLength(0);
  });

  it('connect-timeout: a connection that never stands is told from an answer that never comes', async () => {
    // Accepts TCP and never answers the TLS handshake.
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket.on('error', () => socket.destroy())));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const options = { limits: { connectMs: 100, totalMs: 5_000, tries: 1 } };
    expect(await add(`https://127.0.0.1:${port}/api/v1`, options)).toEqual({
      kind: 'unreachable',
      reason: 'connect-timeout',
    });
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => mute.close(() => resolve()));
  });
});

describe('something was sent and no whole answer came', () => {
  const destroy: Answer = (_response, _request, socket) => socket.destroy();
  const reset: Answer = (_response, _request, socket) => socket.resetAndDestroy();
  const never: Answer = () => undefined;

  it.each([
    ['closed', 'connection-lost', destroy],
    ['reset', 'connection-lost', reset],
    ['silence', 'timeout', never],
  ])('%s: one write is sent, and is unknown', async (_name, reason, behaviour) => {
    server.answer(behaviour);
    expect(await add(server.baseUrl, quick)).toEqual({ kind: 'unknown', reason, detail: null, status: null });
    expect(server.received).toHaveLength(1);
    expect(await read(server.baseUrl, quick)).toEqual({
      kind: 'unknown',
      reason,
      detail: null,
      status: null,
    });
  });

  it('a fetch that does not heed its signal is given up all the same', async () => {
    const deaf: typeof fetch = () => new Promise(() => undefined);
    const outcome = await add(server.baseUrl, { ...quick, fetch: deaf });
    expect(outcome).toEqual({ kind: 'unknown', reason: 'timeout', detail: null, status: null });
  });

  it('an answer cut at any byte is never a success', async () => {
    const whole = Buffer.from('{"success":true}');
    for (let kept = 0; kept < whole.length; kept += 1) {
      server.answer((response, _request, socket) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length });
        response.flushHeaders();
        response.write(whole.subarray(0, kept), () => socket.destroy());
      });
      expect(await add(server.baseUrl, quick)).toMatchObject({ kind: 'unknown' });
    }
    expect(server.received).toHaveLength(whole.length);
  });

  it('an answer cut without a length is not one either', async () => {
    server.answer((response, _request, socket) => {
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"success":tr');
      response.destroy();
    });
    expect(await add(server.baseUrl, quick)).toMatchObject({ kind: 'unknown' });
  });

  it('headers at once and a body that never ends falls at the deadline', async () => {
    server.answer((response) => {
      response.writeHead(200);
      response.write('{"succ');
    });
    expect(await add(server.baseUrl, quick)).toEqual({
      kind: 'unknown',
      reason: 'timeout',
      detail: null,
      status: 200,
    });
  });

  it('a kept connection that the server closes never carries a write twice', async () => {
    server.answer((response, _request, socket) => response.end('{"success":true}', () => socket.destroy()));
    const client = clientOf(server.baseUrl);
    for (let call = 1; call <= 100; call += 1) {
      await undoOption(client, { lotExtcode: 'A12', rank: 1 });
      expect(server.received.length).toBeLessThanOrEqual(call);
    }
  });

  it('an answer that comes byte by byte is whole', async () => {
    server.answer((response) => {
      const bytes = [...'{"success":true}'];
      const next = () => {
        const byte = bytes.shift();
        if (byte === undefined) response.end();
        else response.write(byte, () => setImmediate(next));
      };
      next();
    });
    expect(await add()).toMatchObject({ kind: 'done' });
  });

  it('a body of 50 MB is cut at the limit', async () => {
    let written = 0;
    server.answer((response) => {
      const chunk = Buffer.alloc(1_000_000, 0x20);
      const more = () => {
        while (written < 50_000_000 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      response.on('error', () => undefined);
      more();
    });
    const before = process.memoryUsage().rss;
    expect(await read()).toEqual({ kind: 'unknown', reason: 'too-large', detail: null, status: 200 });
    expect(written).toBeLessThan(25_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('%i is refused: its target receives nothing', async (status) => {
    const target = await kobanServer(json({ success: true }));
    server.answer((response) =>
      response.writeHead(status, { location: `${target.baseUrl}/ncOption/Add` }).end(),
    );
    expect(await add()).toEqual({ kind: 'unknown', reason: 'redirected', detail: null, status });
    expect(await read()).toEqual({ kind: 'unknown', reason: 'redirected', detail: null, status });
    expect(server.received).toHaveLength(2);
    expect(target.received).toHaveLength(0);
    await target.close();
  });
});

describe('answers with a status', () => {
  it.each([
    [401, 'unauthorised'],
    [403, 'unauthorised'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [400, 'unexpected-status'],
    [404, 'unexpected-status'],
  ])('%i proves nothing about a write, whatever its body says', async (status, reason) => {
    server.answer(json({ success: false, errorcode: '01' }, status));
    expect(await add()).toEqual({ kind: 'unknown', reason, detail: null, status });
    expect(server.received).toHaveLength(1);
    expect(await read(server.baseUrl, quick)).toEqual({ kind: 'unknown', reason, detail: null, status });
  });

  it('201 is as good as 200', async () => {
    server.answer(json({ success: true }, 201));
    expect(await add()).toMatchObject({ kind: 'done' });
  });

  it.each([
    ['204', (response) => response.writeHead(204).end(), 'empty'],
    ['an empty body', (response) => response.end(), 'empty'],
    [
      'HTML',
      (response) => response.writeHead(200).end('<!doctype html><title>Maintenance</title>'),
      'not-json',
    ],
    ['null', json(null), 'answer: not an object'],
    ['[]', json([]), 'answer: not an object'],
    [
      'JSON a hundred thousand levels deep',
      (response) => response.end(`${'['.repeat(1e5)}${']'.repeat(1e5)}`),
      'too-deep',
    ],
    [
      'a deep refusal',
      (response) => response.end(`{"success":true,"x":${'{"a":'.repeat(100)}1${'}'.repeat(101)}`),
      'too-deep',
    ],
  ] as [string, Answer, string][])(
    '200 with %s is unknown for a write, malformed for a read',
    async (_name, behaviour, detail) => {
      server.answer(behaviour);
      expect(await add()).toMatchObject({ kind: 'unknown', reason: 'malformed', detail });
      expect(await read()).toMatchObject({ kind: 'malformed' });
    },
  );

  it('brackets inside strings are not depth', async () => {
    server.answer(json({ success: false, message: `\\"${'[{'.repeat(200)}`, errorcode: '01' }));
    expect(await add()).toMatchObject({ kind: 'refused', code: 'prospect-has-three' });
  });
});

describe('repeats', () => {
  it('a read is tried three times, a write once, an upsert again only when nothing was sent', async () => {
    server.answer(json({}, 503));
    await read();
    expect(server.received).toHaveLength(3);
    await undoOption(clientOf(server.baseUrl), { lotExtcode: 'A12', rank: 1 });
    expect(server.received).toHaveLength(4);
    await postProspect(clientOf(server.baseUrl), { extcode: 'P1', name: 'Durand', programmeCodes: ['X'] });
    expect(server.received).toHaveLength(5);

    let tries = 0;
    const refusing: typeof fetch = (input, init) => {
      tries += 1;
      return fetch(tries < 3 ? 'http://127.0.0.1:4119/' : input, init);
    };
    server.answer(json({ Success: true, Result: '5e8b0001', Errors: null }, 201));
    const client = clientOf(server.baseUrl, { fetch: refusing });
    const posted = await postProspect(client, { extcode: 'P1', name: 'Durand', programmeCodes: ['X'] });
    expect(posted).toMatchObject({ kind: 'done', value: { guid: '5e8b0001' } });
    tries = 0;
    expect(await undoOption(client, { lotExtcode: 'A12', rank: 1 })).toEqual({
      kind: 'unreachable',
      reason: 'refused',
    });
    expect(tries).toBe(1);
  });

  it('a refused key, a flood and a page of HTML are not asked again', async () => {
    for (const behaviour of [
      json({}, 401),
      json({}, 429),
      ((response) => response.end('<p>')) satisfies Answer,
    ]) {
      server.received.length = 0;
      server.answer(behaviour);
      await read();
      expect(server.received).toHaveLength(1);
    }
  });

  it('a read that succeeds at the second try is done', async () => {
    let first = true;
    server.answer((response, request, socket) => {
      if (first) socket.destroy();
      else json({ Result: 0 })(response, request, socket);
      first = false;
    });
    expect(await read()).toMatchObject({ kind: 'done', value: { grant: { rank: 1 } } });
  });
});

describe('look-ups', () => {
  it('404 and null mean that there is none; a failure does not', async () => {
    const client = clientOf(server.baseUrl, { limits: { tries: 1 } });
    server.answer(json({ Message: 'not found' }, 404));
    expect(await getThirdByExtcode(client, 'P1')).toMatchObject({ kind: 'done', value: null });
    server.answer(json(null));
    expect(await getThirdByExtcode(client, 'P1')).toMatchObject({ kind: 'done', value: null });
    server.answer(json({}, 500));
    expect(await getThirdByExtcode(client, 'P1')).toMatchObject({ kind: 'unknown' });
    server.answer((response) => response.end());
    expect(await getThirdByExtcode(client, 'P1')).toMatchObject({ kind: 'malformed', reason: 'empty' });
  });
});
