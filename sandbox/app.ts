import { Hono } from 'hono';
import { apiRouter, type Bindings } from './api/router';
import { rejectingTransport } from './api/transport';
import { consoleRouter } from './console/router';
import { controlRouter } from './control/router';
import { Clock } from './core/clock';
import { FaultBox } from './core/faults';
import { seededRandom } from './core/ids';
import { Later } from './core/later';
import { Ledger } from './core/ledger';
import { expireOptions } from './core/options';
import { WebhookSender } from './core/webhooks';
import type { World } from './core/world';
import { filesRouter } from './files/router';
import { demoAccounts, type SeedName, seedWorld } from './seed/seed';

export type SandboxOptions = {
  /** `demo`, `empty` (programmes without lots), or `stock:<n>` (n lots on the first account). */
  seed?: SeedName;
  /** Starts with a stopped clock at this instant. */
  now?: Date;
  /** Where files are served, for the links that lots carry. */
  publicUrl?: string;
  /** Origin of the portal: each account then calls `<origin>/api/webhooks/koban/<token>/`. */
  webhookOrigin?: string;
  /** Keys by account slug, instead of the demo's. */
  keys?: Record<string, { api: string; user: string }>;
  /** What carries webhooks; the global fetch by default. */
  webhookFetch?: typeof fetch;
};

export type Sandbox = {
  app: Hono<{ Bindings: Bindings }>;
  /** As the global fetch, with sockets that fail as undici says them: inject it into a Koban client. */
  fetch: typeof fetch;
  state: World;
  clock: Clock;
  /** Empties everything and sows again; the clock and the webhook targets stay. */
  reset: (seed?: SeedName) => void;
  /** Ends the options whose half hour has come; returns how many. */
  sweep: () => number;
};

/** Builds an imitation of Koban that lives in memory. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const clock = new Clock();
  if (options.now) clock.set(options.now.getTime(), true);
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1:4001';
  const faults = new FaultBox(seededRandom('faults'));
  const accounts = demoAccounts(options.keys ?? {}, options.webhookOrigin ?? null);
  const state: World = {
    clock,
    ledger: new Ledger(),
    faults,
    webhooks: new WebhookSender({
      fetch: options.webhookFetch ?? fetch,
      now: () => clock.now(),
      takeFault: (account, event) => faults.takeForWebhook(account, event),
    }),
    later: new Later(),
    accounts,
  };
  const reset = (seed: SeedName = options.seed ?? 'demo'): void => {
    state.ledger.clear();
    state.faults.clear();
    state.webhooks.clear();
    state.later.clear();
    seedWorld(state, seed, publicUrl);
    state.ledger.onChange();
  };
  const sweep = (): number =>
    accounts.reduce(
      (count, account) =>
        count + expireOptions({ world: state, account, cause: { origin: 'clock', callId: null } }),
      0,
    );
  reset();

  const app = new Hono<{ Bindings: Bindings }>({ strict: false });
  app.route('/api/v1', apiRouter(state));
  app.route('/files', filesRouter(state));
  app.route('/_control', controlRouter(state, { reset, sweep }));
  app.route('/console', consoleRouter(state));
  app.get('/', (context) => context.redirect('/console'));
  return { app, fetch: injectedFetch(app), state, clock, reset, sweep };
}

function injectedFetch(app: Hono<{ Bindings: Bindings }>): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new Request(input, init);
      // The caller's own signal: a Request only follows it weakly, and may be collected while a call hangs.
      const signal = init?.signal ?? request.signal;
      const abort = (): void => reject(signal.reason);
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      Promise.resolve(app.fetch(request, { transport: rejectingTransport(reject) }))
        .then((response) => {
          const redirected = response.status >= 300 && response.status < 400;
          if (redirected && request.redirect === 'error')
            throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
          resolve(response);
        })
        .catch(reject);
    });
}
