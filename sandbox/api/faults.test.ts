import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FaultInput } from '../core/faults';
import { type Listening, listen } from '../server';
import { BASE, freeLot, testSandbox } from '../testing';

let listening: Listening | null = null;
afterEach(async () => {
  await listening?.close();
  listening = null;
});

/** What a caller saw: a status and body, or the codes of a failed fetch. */
async function attempt(
  send: () => Promise<Response>,
): Promise<{ status: number; text: string } | { failed: string }> {
  try {
    const response = await send();
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const cause = error.cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return { failed: `${error.name} ${error.message} ${code}`.trim() };
  }
}

async function bench(overHttp: boolean) {
  const { sandbox, headers, third, account } = testSandbox();
  const { extcode } = freeLot(account);
  const guid = await third('a');
  if (overHttp) listening = await listen(sandbox, 0);
  const origin = listening?.url ?? BASE;
  const send = (init: RequestInit = {}) =>
    (overHttp ? fetch : sandbox.fetch)(`${origin}/api/v1/ncOption/Add`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        Third: { Guid: guid },
        Deal: { Extcode: extcode },
        Rank: 1,
        DateOption: 1_781_514_600,
      }),
      ...init,
    });
  const effects = () => sandbox.state.ledger.effects({ kind: 'option-placed' }).length;
  return { sandbox, send, effects, extcode };
}

type Case = [
  name: string,
  fault: Omit<FaultInput, 'method'> & Record<string, unknown>,
  effects: number,
  seen: unknown,
];

const cases: Case[] = [
  ['refuse', { mode: 'refuse' }, 0, { status: 503 }],
  ['429', { mode: 'rate-limit' }, 0, { status: 429 }],
  ['drop before', { mode: 'drop-before' }, 0, { failed: expect.stringContaining('ECONNRESET') }],
  ['reset after', { mode: 'reset-after' }, 1, { failed: expect.stringContaining('ECONNRESET') }],
  ['close after', { mode: 'close-after' }, 1, { failed: expect.stringContaining('UND_ERR_SOCKET') }],
  ['cut after', { mode: 'cut-after' }, 1, { failed: expect.stringContaining('UND_ERR_SOCKET') }],
  ['500 after', { mode: 'error-after' }, 1, { status: 500, text: expect.stringContaining('<html>') }],
  ['502 after', { mode: 'error-after', status: 502 }, 1, { status: 502 }],
  ['garbage', { mode: 'garbage' }, 1, { status: 200, text: expect.stringContaining('<html>') }],
  ['garbage without effect', { mode: 'garbage', applies: false }, 0, { status: 200 }],
  ['truncated', { mode: 'truncated' }, 1, { status: 200, text: '{"succes' }],
  ['204', { mode: 'no-content' }, 1, { status: 204, text: '' }],
  ['slow', { mode: 'slow', delayMs: 15 }, 1, { status: 200, text: '{"success":true}' }],
  [
    'business',
    { mode: 'business', body: { success: false, errorcode: '99' } },
    0,
    { text: '{"success":false,"errorcode":"99"}' },
  ],
];

for (const overHttp of [false, true])
  describe(overHttp ? 'over real HTTP' : 'injected as fetch', () => {
    test.each(cases)('%s', async (_name, fault, effects, seen) => {
      const box = await bench(overHttp);
      const added = box.sandbox.state.faults.add({ method: 'ncOption/Add', ...fault } as FaultInput);
      expect(await attempt(() => box.send())).toMatchObject(Object(seen));
      expect(box.effects()).toBe(effects);
      expect(added).toMatchObject({ fired: 1, remaining: 0 });
      expect(box.sandbox.state.ledger.calls({ method: 'ncOption/Add' })).toMatchObject([
        { fault: fault.mode },
      ]);
    });

    test.each([
      ['hang-before', 0],
      ['hang-after', 1],
    ] as const)('%s', async (mode, effects) => {
      const box = await bench(overHttp);
      box.sandbox.state.faults.add({ method: 'ncOption/Add', mode });
      const seen = await attempt(() => box.send({ signal: AbortSignal.timeout(1_000) }));
      expect(seen).toEqual({ failed: expect.stringContaining('TimeoutError') });
      expect(box.effects()).toBe(effects);
      expect(box.sandbox.state.ledger.calls({ method: 'ncOption/Add' })).toMatchObject([{ outcome: 'hung' }]);
    });

    test('late: no answer now, the effect later, and it names its request', async () => {
      const box = await bench(overHttp);
      box.sandbox.state.faults.add({ method: 'ncOption/Add', mode: 'late', delayMs: 1_000, reply: 'reset' });
      expect(await attempt(() => box.send())).toEqual({ failed: expect.stringContaining('ECONNRESET') });
      expect(box.effects()).toBe(0);
      await vi.waitFor(() => expect(box.effects()).toBe(1), { timeout: 10_000 });
      const [call] = box.sandbox.state.ledger.calls({ method: 'ncOption/Add' });
      const [effect] = box.sandbox.state.ledger.effects({ kind: 'option-placed' });
      expect(effect?.cause).toEqual({ origin: 'api', callId: call?.id });
    });

    test.each([302, 307] as const)(
      'redirect %i: refused by a caller who asks so, else followed to nowhere',
      async (status) => {
        const box = await bench(overHttp);
        box.sandbox.state.faults.add({ method: 'ncOption/Add', mode: 'redirect', status, remaining: 2 });
        expect(await attempt(() => box.send({ redirect: 'error' }))).toEqual({
          failed: expect.stringContaining('fetch failed'),
        });
        expect(await attempt(() => box.send({ redirect: 'manual' }))).toMatchObject({ status });
        expect(box.effects()).toBe(0);
      },
    );
  });

describe('time', () => {
  test('a reset forgets what was to come late, an effect and a webhook', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const heard: string[] = [];
      const { sandbox, account, control, headers } = testSandbox({
        webhookOrigin: 'http://localhost:3000',
        webhookFetch: async (input) => {
          heard.push(String(input));
          return Response.json({ success: true });
        },
      });
      await control('faults/webhooks', { mode: 'late', delayMs: 1_000 });
      await control('accounts/valmont/acts/place-option', { lot: freeLot(account).extcode });
      await control('faults', { method: 'ncThird/PostOne', mode: 'late', delayMs: 1_000, reply: 'reset' });
      const body = JSON.stringify({ Extcode: 'T-late', Label: 'Late', EMail: 'late@exemple.fr' });
      const post = sandbox.fetch(`${BASE}/api/v1/ncThird/PostOne?uniqueproperty=Extcode`, {
        method: 'POST',
        headers,
        body,
      });
      await expect(post).rejects.toThrow();
      await control('reset', {});
      await vi.advanceTimersByTimeAsync(2_000);
      expect(heard).toEqual([]);
      expect(sandbox.state.ledger.effects({})).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ['slow', { mode: 'slow', delayMs: 1 }],
    ['business', { mode: 'business', body: { Result: 0 } }],
    ['refused', { mode: 'refuse' }],
  ] as const)('a %s answer carries the sandbox’s own date', async (_name, fault) => {
    const { sandbox, account, headers } = testSandbox();
    listening = await listen(sandbox, 0);
    sandbox.state.faults.add({ method: 'ncOption/GetLotStatus', ...fault });
    const { extcode } = freeLot(account);
    const response = await fetch(`${listening.url}/api/v1/ncOption/GetLotStatus?extcode=${extcode}`, {
      headers,
    });
    expect(response.headers.get('date')).toBe('Mon, 15 Jun 2026 09:10:00 GMT');
  });
});

describe('which call is hit', () => {
  test('by method, by account, by text of the body, so many times', async () => {
    const { sandbox, control, status, addOption, third, account } = testSandbox();
    const [a = '', b = ''] = [0, 1].map((n) => freeLot(account, n).extcode);
    const guid = await third('a');
    await control('faults', { method: 'ncOption/Add', mode: 'business', body: 'hit', match: b });
    await control('faults', { method: '*', mode: 'business', body: 'never', account: 'littoral' });
    expect(await status(a)).toMatchObject({ Result: 0 });
    expect(await addOption(a, guid, 1)).toEqual({ success: true });
    expect(await addOption(b, guid, 1)).toBe('hit');
    expect(await addOption(b, guid, 1)).toEqual({ success: true });
    expect(sandbox.state.faults.list().calls).toMatchObject([{ fired: 1, remaining: 0 }, { fired: 0 }]);
  });

  test('a fault without count goes on until it is removed; a probability of zero never fires', async () => {
    const { control, status } = testSandbox();
    await control('faults', { method: '*', mode: 'business', body: 'no', probability: 0 });
    const fault = await control('faults', {
      method: 'ncOption/GetLotStatus',
      mode: 'business',
      body: 'on',
      remaining: null,
    });
    for (let call = 0; call < 3; call++) expect(await status('X')).toBe('on');
    expect(fault).toMatchObject({ id: expect.any(Number) });
    await control('faults', undefined, 'DELETE');
    expect(await status('X')).toMatchObject({ Result: -1 });
  });
});
