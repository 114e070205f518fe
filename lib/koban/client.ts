import { type Clock, systemClock } from '@/lib/core/clock';
import { type Act, type BreakerState, DEFAULT_LIMITS, kobanAccount, type Limits } from './account';
import type { Malformed, MalformedReason, ReadOutcome, Unknown, Unreachable, WriteOutcome } from './outcome';
import type { Exchange, HttpRequest } from './transport';
import type { Parsed } from './wire';

/** A refusal as a parser reads it, before the time of the answer is added. */
export type Refusal<C extends string> = {
  kind: 'refused';
  code: C | 'other';
  rawCode: string | null;
  message: string | null;
  unlisted: boolean;
};

type Call = { method: string; query?: Record<string, string | number>; body?: unknown };

/** A call that changes nothing in Koban; POST when it has a body. `notFound`: what a 404 means, for look-ups. */
export type ReadCall<T> = Call & { parse(answer: unknown): Parsed<T>; notFound?: { value: T } };

/** A call that changes something. `repeatable`: an upsert by our own code, safe to send again after nothing was sent. */
export type WriteCall<T, C extends string> = Call & {
  body: unknown;
  parse(answer: unknown): Parsed<T> | Refusal<C>;
  repeatable?: boolean;
};

/** One user's access to one Koban account. */
export type KobanClient = {
  read<T>(call: ReadCall<T>): Promise<ReadOutcome<T>>;
  write<T, C extends string>(call: WriteCall<T, C>): Promise<WriteOutcome<T, C>>;
  breakerState(): BreakerState;
  /** When Koban last answered anything but a failure of its own, in this process. */
  lastAnswerAt(): Date | null;
  /** Methods that Koban refuses to this process (401, 403), until it answers them again. */
  refusedMethods(): string[];
  /** Koban's clock less ours, in ms; null before its first answer. */
  clockSkewMs(): number | null;
};

export type KobanClientOptions = {
  /** Up to and including `/api/v1`. */
  baseUrl: string;
  apiKey: string;
  userKey: string;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  limits?: Partial<Limits>;
};

const HEADER_VALUE = /^[\x21-\x7e]+$/;

/**
 * A client of one Koban account; clients with the same address and keys share its places in flight and its breaker.
 * @throws Error when the address or a key cannot be used, without showing either.
 */
export function createKobanClient(options: KobanClientOptions): KobanClient {
  const baseUrl = checkedBaseUrl(options.baseUrl);
  const { apiKey, userKey, clock = systemClock } = options;
  if (!HEADER_VALUE.test(apiKey) || !HEADER_VALUE.test(userKey)) {
    throw new Error('A Koban key is empty or has characters that no header may carry');
  }
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const account = kobanAccount({ baseUrl, apiKey }, limits, clock);

  function request({ method, query = {}, body }: Call): HttpRequest {
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    const headers = { Accept: 'application/json', 'X-ncApi': apiKey, 'X-ncUser': userKey };
    const url = `${baseUrl}/${method}${search.size > 0 ? `?${search}` : ''}`;
    return body === undefined
      ? { url, method: 'GET', headers }
      : {
          url,
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        };
  }

  async function send(call: Call, act: Act, mayRepeat: (seen: Exchange) => boolean): Promise<Exchange> {
    const outgoing = request(call);
    const deadline = performance.now() + limits.totalMs;
    for (let attempt = 1; ; attempt += 1) {
      const remaining = Math.max(1, deadline - performance.now());
      const seen = await account.send(options.fetch ?? globalThis.fetch, outgoing, act, {
        ...limits,
        totalMs: Math.min(limits.totalMs, remaining),
      });
      const pause = Math.random() * Math.min(limits.backoffMaxMs, limits.backoffBaseMs * 2 ** attempt);
      const last = attempt >= limits.tries || performance.now() + pause >= deadline;
      if (last || !mayRepeat(seen)) return seen;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  return {
    async read(call) {
      const seen = await send(call, 'read', mayReadAgain);
      if (seen.kind === 'not-sent') return unreachable(seen);
      if (seen.kind === 'lost') return unknown(seen.reason, seen.status);
      if (seen.status === 404 && call.notFound)
        return { kind: 'done', value: call.notFound.value, at: clock.now() };
      const fault = statusFault(seen.status);
      if (fault) return fault;
      const json = readJson(seen.body, limits.maxDepth);
      if (json.kind === 'malformed') return malformed(json.reason, null, seen.status);
      if (json.value === null && call.notFound)
        return { kind: 'done', value: call.notFound.value, at: clock.now() };
      const parsed = call.parse(json.value);
      return parsed.kind === 'done'
        ? { ...parsed, at: clock.now() }
        : malformed(parsed.reason, parsed.detail, seen.status);
    },
    async write(call) {
      const seen = await send(call, 'write', (failed) => call.repeatable === true && isNotConnected(failed));
      if (seen.kind === 'not-sent') return unreachable(seen);
      if (seen.kind === 'lost') return unknown(seen.reason, seen.status);
      const fault = statusFault(seen.status);
      if (fault) return fault;
      const json = readJson(seen.body, limits.maxDepth);
      if (json.kind === 'malformed') return unknown('malformed', seen.status, json.reason);
      const parsed = call.parse(json.value);
      return parsed.kind === 'malformed'
        ? unknown('malformed', seen.status, parsed.detail)
        : { ...parsed, at: clock.now() };
    },
    breakerState: account.breakerState,
    lastAnswerAt: account.lastAnswerAt,
    refusedMethods: account.refusedMethods,
    clockSkewMs: account.clockSkewMs,
  };
}

function checkedBaseUrl(typed: string): string {
  const url = URL.parse(typed);
  const usable =
    url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!usable)
    throw new Error(
      'The address of Koban must be http(s)://host/api/v1, without a name, a query or a fragment',
    );
  return url.href.replace(/\/+$/, '');
}

const isNotConnected = (seen: Exchange): boolean =>
  seen.kind === 'not-sent' && seen.reason !== 'breaker-open' && seen.reason !== 'busy';

/** A repeat can mend a connection or a passing fault of the server; not a refused key, a redirect or a flood. */
function mayReadAgain(seen: Exchange): boolean {
  if (seen.kind === 'answer') return seen.status >= 500;
  if (seen.kind === 'not-sent') return isNotConnected(seen);
  return seen.reason === 'connection-lost' || seen.reason === 'cut';
}

/** What a status outside 2xx says. Koban documents none of them, so that for a write none proves that nothing happened. */
function statusFault(status: number): Unknown | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return unknown('unauthorised', status);
  if (status === 429) return unknown('rate-limited', status);
  return unknown(status >= 500 ? 'server-error' : 'unexpected-status', status);
}

function unreachable({ reason }: Extract<Exchange, { kind: 'not-sent' }>): Unreachable {
  return { kind: 'unreachable', reason };
}

function unknown(reason: Unknown['reason'], status: number | null, detail: string | null = null): Unknown {
  return { kind: 'unknown', reason, detail, status };
}

function malformed(reason: MalformedReason, detail: string | null, status: number): Malformed {
  return { kind: 'malformed', reason, detail, status };
}

type Json =
  | { kind: 'json'; value: unknown }
  | { kind: 'malformed'; reason: 'empty' | 'not-json' | 'too-deep' };

function readJson(body: string, maxDepth: number): Json {
  if (body.trim() === '') return { kind: 'malformed', reason: 'empty' };
  if (deeperThan(body, maxDepth)) return { kind: 'malformed', reason: 'too-deep' };
  try {
    const value: unknown = JSON.parse(body);
    return { kind: 'json', value };
  } catch {
    return { kind: 'malformed', reason: 'not-json' };
  }
}

const [QUOTE, BACKSLASH, ...BRACKETS] = Array.from('"\\[{]}', (sign) => sign.charCodeAt(0));
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = BRACKETS;

/** Counts brackets outside strings, before anything is built from them. */
function deeperThan(body: string, maxDepth: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < body.length; index += 1) {
    const sign = body.charCodeAt(index);
    if (quoted && sign === BACKSLASH) index += 1;
    else if (sign === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) depth += 1;
    else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}
