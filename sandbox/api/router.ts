import { Hono } from 'hono';
import type { Account } from '../core/account';
import type { World } from '../core/world';
import { fireFault, jsonResponse } from './fire';
import { type Answer, methods } from './methods';
import type { Transport } from './transport';

export type Bindings = { transport: Transport };

const SECRET_HEADERS = new Set(['x-ncapi', 'x-ncuser', 'cookie', 'authorization']);

/** Koban's API: `/{object}/{method}`, an account chosen by its two keys. */
export function apiRouter(world: World): Hono<{ Bindings: Bindings }> {
  const router = new Hono<{ Bindings: Bindings }>();
  router.all('/:object/:method', async (context) => {
    const { req } = context;
    const name = `${req.param('object')}/${req.param('method')}`;
    const url = new URL(req.url);
    const text = req.method === 'GET' || req.method === 'HEAD' ? '' : await req.text();
    const body = parsed(text);
    const account = accountOf(world, req.header('x-ncapi'), req.header('x-ncuser'));
    const call = world.ledger.open({
      at: new Date(world.clock.now()).toISOString(),
      account: account?.slug ?? null,
      verb: req.method,
      method: name,
      query: Object.fromEntries(url.searchParams),
      body: body ?? (text === '' ? null : text),
      headers: Object.fromEntries(
        Object.entries(req.header()).filter(([header]) => !SECRET_HEADERS.has(header.toLowerCase())),
      ),
    });
    const date = (): string => new Date(world.clock.now()).toUTCString();
    const answer = (value: Answer): Response => {
      call.outcome = value.status;
      return jsonResponse(value, { date: date() });
    };
    const refuse = (status: number, message: string): Response =>
      answer({ status, json: JSON.stringify({ Message: message }) });

    if (!account) return refuse(401, 'Unauthorized');
    const method = methods[name];
    if (!method) return refuse(404, 'No such method');
    if (method.verb !== req.method) return refuse(405, 'Method not allowed');
    if (method.verb === 'POST' && body === undefined) return refuse(400, 'JSON expected');

    const run = (): Answer =>
      method.run(
        { world, account, cause: { origin: 'api', callId: call.id } },
        { query: url.searchParams, body },
      );
    const fault = world.faults.take(account.slug, name, `${url.search}\n${text}`);
    if (!fault) return answer(run());
    call.fault = fault.mode;
    return fireFault(fault, call, { transport: context.env.transport, date, later: world.later }, run);
  });
  router.all('*', (context) => context.json({ Message: 'No such method' }, 404));
  return router;
}

function accountOf(world: World, api: string | undefined, user: string | undefined): Account | null {
  return world.accounts.find(({ keys }) => keys.api === api && keys.user === user) ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
