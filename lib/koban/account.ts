import { createHash } from 'node:crypto';
import {
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhenResult,
  type IBreaker,
  isBrokenCircuitError,
  isBulkheadRejectedError,
} from 'cockatiel';
import type { Clock } from '@/lib/core/clock';
import { log } from '@/lib/core/log';
import { MAX_CALLS_IN_FLIGHT } from './assumptions';
import { clockStanding } from './clock-skew';
import { type Exchange, type ExchangeLimits, exchange, type HttpRequest } from './transport';

/** Milliseconds, bytes and counts within which one Koban account is spoken to. */
export type Limits = ExchangeLimits & {
  inFlight: number;
  queueMs: number;
  queueLength: number;
  tries: number;
  backoffBaseMs: number;
  backoffMaxMs: number;
  maxDepth: number;
  breakerFailures: number;
  breakerWindowMs: number;
  breakerOpenMs: number;
};

export const DEFAULT_LIMITS: Limits = {
  // A server that does not shake hands in three seconds will not; ten bound what a person waits for in front of a screen.
  connectMs: 3_000,
  totalMs: 10_000,
  // A page of 100 lots with their MoreFields is some 300 kB.
  maxBodyBytes: 5_000_000,
  inFlight: MAX_CALLS_IN_FLIGHT,
  queueMs: 10_000,
  queueLength: 200,
  tries: 3,
  backoffBaseMs: 250,
  backoffMaxMs: 5_000,
  // Koban's deepest published object has six levels.
  maxDepth: 64,
  breakerFailures: 5,
  breakerWindowMs: 30_000,
  breakerOpenMs: 30_000,
};

/** What may pass while Koban is in trouble: a read tries whether it is back, a write never does. */
export type Act = 'read' | 'write';

/** `closed`: calls pass. `open`: none does. `half-open`: one read is trying whether Koban is back. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** What every client of one Koban account shares in this process: the places in flight, the breaker, the last answer. */
export type KobanAccount = {
  send(fetch: typeof globalThis.fetch, request: HttpRequest, act: Act, limits: Limits): Promise<Exchange>;
  breakerState(): BreakerState;
  lastAnswerAt(): Date | null;
  /** Methods that Koban refuses us (401, 403), until it answers them again. */
  refusedMethods(): string[];
  /** Koban's clock less ours, in ms, from its latest `Date` header (whole seconds, so within half a second). */
  clockSkewMs(): number | null;
};

// On globalThis: bundlers may load this module twice in one process, and two breakers would let twice as many calls through.
const store: typeof globalThis & { parvisKobanAccounts?: Map<string, KobanAccount> } = globalThis;

/**
 * The shared state of the account behind these keys, made on first use with the limits then given. A host and an API key are one
 * account, as they are for the one-open-intention rule: two of its users share what it may be asked at once.
 */
export function kobanAccount(
  { baseUrl, apiKey }: { baseUrl: string; apiKey: string },
  limits: Limits,
  clock: Clock,
): KobanAccount {
  store.parvisKobanAccounts ??= new Map();
  const key = createHash('sha256')
    .update(`${new URL(baseUrl).host}\n${apiKey}`)
    .digest('base64');
  const known = store.parvisKobanAccounts.get(key);
  if (known) return known;
  const made = openAccount(limits, clock);
  store.parvisKobanAccounts.set(key, made);
  return made;
}

function openAccount(limits: Limits, clock: Clock): KobanAccount {
  const places: BulkheadPolicy = bulkhead(limits.inFlight, limits.queueLength);
  const breaker: CircuitBreakerPolicy = circuitBreaker(
    handleWhenResult((seen) => isTrouble(seen as Exchange)),
    {
      breaker: new FailuresInARow(limits.breakerFailures, limits.breakerWindowMs, clock),
      halfOpenAfter: limits.breakerOpenMs,
    },
  );
  let lastAnswer: Date | null = null;
  let skewMs: number | null = null;
  const refused = new Set<string>();

  const passes = (act: Act): boolean =>
    breaker.state === CircuitState.Closed || (act === 'read' && breaker.state === CircuitState.Open);

  function note({ url }: HttpRequest, seen: Exchange): void {
    if (seen.kind !== 'answer' || seen.status >= 500) return;
    const { host, pathname } = new URL(url);
    const method = pathname.split('/').slice(-2).join('/');
    if (seen.status === 401 || seen.status === 403) refused.add(method);
    else refused.delete(method);
    lastAnswer = clock.now();
    const theirs = seen.date === null ? Number.NaN : Date.parse(seen.date);
    // The header drops the fraction of a second: on average it is half a second late.
    if (Number.isNaN(theirs)) return;
    const before = clockStanding(skewMs);
    skewMs = theirs + 500 - lastAnswer.getTime();
    const standing = clockStanding(skewMs);
    if (standing === before || (before === 'unheard' && standing === 'exact')) return;
    log()[standing === 'exact' ? 'info' : 'warn']({ koban: host, skewMs, standing }, "Koban's clock");
  }

  return {
    async send(fetch, request, act, callLimits) {
      if (!passes(act)) return { kind: 'not-sent', reason: 'breaker-open' };
      return inTime(callLimits.queueMs, (stillWanted) =>
        places.execute(async () => {
          if (!stillWanted()) return busy;
          if (!passes(act)) return { kind: 'not-sent', reason: 'breaker-open' };
          const seen = await breaker.execute(() => exchange(fetch, request, callLimits));
          note(request, seen);
          return seen;
        }),
      );
    },
    breakerState: () => {
      if (breaker.state === CircuitState.Closed) return 'closed';
      return breaker.state === CircuitState.HalfOpen ? 'half-open' : 'open';
    },
    lastAnswerAt: () => lastAnswer,
    refusedMethods: () => [...refused],
    clockSkewMs: () => skewMs,
  };
}

const busy: Exchange = { kind: 'not-sent', reason: 'busy' };

/** Runs a queued call; when it has not started within `ms` it is given up, and will send nothing when its turn comes. */
async function inTime(
  ms: number,
  call: (stillWanted: () => boolean) => Promise<Exchange>,
): Promise<Exchange> {
  let state: 'waiting' | 'started' | 'given-up' = 'waiting';
  const stillWanted = () => {
    if (state === 'waiting') state = 'started';
    return state === 'started';
  };
  const running = call(stillWanted).catch((error: unknown): Exchange => {
    if (isBulkheadRejectedError(error)) return busy;
    if (isBrokenCircuitError(error)) return { kind: 'not-sent', reason: 'breaker-open' };
    throw error;
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<Exchange>((resolve) => {
    timer = setTimeout(() => {
      if (state !== 'waiting') return;
      state = 'given-up';
      resolve(busy);
    }, ms);
  });
  try {
    return await Promise.race([running, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether Koban itself is in trouble: not whether one of its answers is odd, which would cut off every other method. */
function isTrouble(seen: Exchange): boolean {
  if (seen.kind === 'answer') return seen.status >= 500 || seen.status === 429;
  return (
    seen.kind === 'not-sent' ||
    seen.reason === 'timeout' ||
    seen.reason === 'connection-lost' ||
    seen.reason === 'cut'
  );
}

/** Opens after so many failures with no success between, all within the window. */
class FailuresInARow implements IBreaker {
  state: unknown = null;
  private failures: number[] = [];

  constructor(
    private readonly count: number,
    private readonly windowMs: number,
    private readonly clock: Clock,
  ) {}

  success(): void {
    this.failures = [];
  }

  failure(): boolean {
    const now = this.clock.now().getTime();
    this.failures = [...this.failures, now].filter((at) => now - at <= this.windowMs);
    return this.failures.length >= this.count;
  }
}
