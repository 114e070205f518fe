import { Hono } from 'hono';
import { z } from 'zod';
import type { Account, Policy } from '../core/account';
import { parisIso } from '../core/dates';
import { type Fault, faultSchema, webhookFaultSchema } from '../core/faults';
import type { World } from '../core/world';
import type { SeedName } from '../seed/seed';
import { acts } from './acts';
import { loopbackOnly } from './loopback';

type Controls = { reset: (seed?: SeedName) => void; sweep: () => number };

const seedSchema = z.custom<SeedName>(
  (value) => typeof value === 'string' && /^(demo|empty|stock:\d+)$/.test(value),
);
const clockSchema = z.object({
  now: z
    .union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
    .optional(),
  advanceMs: z.number().optional(),
  stopped: z.boolean().optional(),
  reset: z.boolean().optional(),
});
const webhookSchema = z
  .object({ base: z.url(), secret: z.string(), secretIn: z.enum(['header', 'query']).default('header') })
  .nullable();
const policySchema: z.ZodType<Partial<Policy>> = z.strictObject({
  optionHours: z.number().positive().optional(),
  apiUserCap: z.int().nonnegative().optional(),
  rankTwoMovesUp: z.boolean().optional(),
  wrongRank: z.enum(['refuse', 'grant-next']).optional(),
  secondDenonciation: z.enum(['refuse', 'accept']).optional(),
  denonciationActive: z.boolean().optional(),
  checkGivesThird: z.boolean().optional(),
  programmesAs: z.enum(['array', 'page']).optional(),
  fullLot: z.enum(['max-rank', 'minus-three']).optional(),
  instants: z.enum(['iso', 'unix']).optional(),
  webhookInstants: z.enum(['slash', 'seconds']).optional(),
  errorsNull: z.boolean().optional(),
  missingThird: z.enum(['404', 'null']).optional(),
  listOrder: z.enum(['oldest-first', 'newest-first']).optional(),
  webhooksForApiActs: z.boolean().optional(),
});

/** `/_control`: what tests and demos use to look inside the sandbox and to break it. JSON, loopback only. */
export function controlRouter(world: World, { reset, sweep }: Controls): Hono {
  const router = new Hono();
  router.use('*', loopbackOnly);
  router.onError((error, context) =>
    context.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : error.message }, 400),
  );
  const account = (slug: string): Account => {
    const found = world.accounts.find((candidate) => candidate.slug === slug);
    if (!found) throw new Error(`No account ${slug}`);
    return found;
  };

  router.get('/', (context) =>
    context.json({ accounts: world.accounts.map(summary), clock: clockState(world) }),
  );
  router.post('/reset', async (context) => {
    const { seed } = z.object({ seed: seedSchema.optional() }).parse(await bodyOf(context.req));
    reset(seed);
    return context.json({ accounts: world.accounts.map(summary) });
  });
  router.get('/calls', (context) => {
    const { account: slug, method, since } = context.req.query();
    return context.json(
      world.ledger.calls({ ...keep({ account: slug, method }), since: Number(since ?? 0) }),
    );
  });
  router.get('/effects', (context) => {
    const { account: slug, kind, since } = context.req.query();
    return context.json(
      world.ledger.effects({ ...keep({ account: slug, kind }), since: Number(since ?? 0) }),
    );
  });
  router.delete('/ledger', (context) => {
    world.ledger.clear();
    return context.json({ success: true });
  });

  router.get('/clock', (context) => context.json(clockState(world)));
  router.post('/clock', async (context) => {
    const { now, advanceMs, stopped, reset: back } = clockSchema.parse(await bodyOf(context.req));
    if (back) world.clock.reset();
    if (now !== undefined || stopped !== undefined) world.clock.set(now ?? world.clock.now(), stopped);
    if (advanceMs !== undefined) world.clock.advance(advanceMs);
    return context.json({ ...clockState(world), expired: sweep() });
  });

  router.get('/faults', (context) => context.json(world.faults.list()));
  router.post('/faults', async (context) => {
    const body = faultSchema.parse(await bodyOf(context.req));
    const fault: Fault = world.faults.add(body);
    return context.json(fault, 201);
  });
  router.post('/faults/webhooks', async (context) =>
    context.json(world.faults.addForWebhooks(webhookFaultSchema.parse(await bodyOf(context.req))), 201),
  );
  router.delete('/faults', (context) => {
    world.faults.clear();
    return context.json({ success: true });
  });
  router.delete('/faults/:id', (context) =>
    context.json({ success: world.faults.remove(Number(context.req.param('id'))) }),
  );

  router.get('/webhooks', (context) => context.json(world.webhooks.deliveries(context.req.query('account'))));
  router.post('/webhooks/idle', async (context) => {
    await world.webhooks.idle();
    return context.json({ success: true });
  });
  router.post('/webhooks/release', (context) => {
    for (const one of world.accounts) world.webhooks.release(one);
    return context.json({ success: true });
  });
  router.post('/accounts/:slug/webhooks/:id/replay', (context) => {
    const delivery = world.webhooks.replay(
      account(context.req.param('slug')),
      Number(context.req.param('id')),
    );
    return delivery ? context.json(delivery) : context.json({ error: 'No such delivery' }, 404);
  });
  router.put('/accounts/:slug/webhook', async (context) => {
    const target = account(context.req.param('slug'));
    target.webhook = webhookSchema.parse(await bodyOf(context.req));
    return context.json({ success: true });
  });

  router.patch('/accounts/:slug/policy', async (context) => {
    const changed = account(context.req.param('slug'));
    changed.changePolicy(policySchema.parse(await bodyOf(context.req)));
    world.ledger.onChange();
    return context.json(changed.policy);
  });
  router.get('/accounts/:slug/lots/:extcode', (context) => {
    const lot = account(context.req.param('slug')).lotEvenWithdrawn(context.req.param('extcode'));
    return lot ? context.json(lot) : context.json({ error: 'No such lot' }, 404);
  });
  router.post('/accounts/:slug/acts/:act', async (context) => {
    const run = acts[context.req.param('act')];
    if (!run) return context.json({ error: `No such act; one of ${Object.keys(acts).join(', ')}` }, 404);
    const scene = {
      world,
      account: account(context.req.param('slug')),
      cause: { origin: 'control', callId: null } as const,
    };
    return context.json(run(scene, await bodyOf(context.req)));
  });
  return router;
}

async function bodyOf(request: { text: () => Promise<string> }): Promise<unknown> {
  const text = await request.text();
  return text === '' ? {} : JSON.parse(text);
}

function keep(filter: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function clockState({ clock }: World): Record<string, unknown> {
  const now = clock.now();
  return { now: new Date(now).toISOString(), paris: parisIso(now), stopped: clock.stopped };
}

function summary(account: Account): Record<string, unknown> {
  const { slug, name, policy, programmes, thirds, denonciations, lotsUnderOption, webhook } = account;
  return {
    ...{ slug, name, policy, programmes: programmes.size, lots: account.lotsByChange().length },
    ...{ thirds: thirds.size, denonciations: denonciations.length, lotsUnderOption: lotsUnderOption.size },
    webhookSet: webhook !== null,
  };
}
