import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import pg from 'pg';
import { z } from 'zod';
import { newSession } from '@/lib/auth/token';
import { MOST_PER_ACCOUNT } from '@/lib/live/open-stream';
import { demoWebhooks } from '@/sandbox/seed/seed';
import { deploymentOf, settingNames } from '@/scripts/deployment';
import { openSandbox, prepare } from '@/scripts/portal';
import { startCluster } from '@/scripts/postgres';
import { freePort } from '@/scripts/processes';
import { benchEnv } from './build';
import { visitor } from './people';
import { mirrored, openWith, running } from './portal';

/** Two server processes on one PostgreSQL, and what opens streams in them. */
export type LivePortals = {
  /** The process that holds the streams, and its neighbour. */
  urls: [string, string];
  /** Session cookies: each may open as many streams as one account may. */
  cookies: string[];
  promoter: string;
  lots: string[];
  /** The control port of the Koban behind them. */
  koban: string;
};

const LOTS = 1_000;

/** Opens them without their jobs, the stock mirrored, and enough people for so many streams. They end with the other portals. */
export async function openLivePortals(streams: number): Promise<LivePortals> {
  const cluster = await startCluster({ durable: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'parvis-bench-'));
  const secret = randomBytes(32).toString('base64');
  const blank = Object.fromEntries(settingNames().map((name) => [name, '']));
  const given = {
    ...blank,
    ...benchEnv,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    SANDBOX_SEED: `stock:${LOTS}`,
    DATA_DIR: dataDir,
    DATABASE_URL: cluster.url,
    NEXTAUTH_SECRET: secret,
    APP_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'error',
    // Memory is measured once what is no longer needed is gone.
    NODE_OPTIONS: '--expose-gc',
  };
  const deployment = deploymentOf({ NODE_ENV: 'production', ...given });
  deployment.env = { ...given, ...deployment.env };
  const held: (typeof running)[number] = { servers: [cluster], dataDir };
  running.push(held);
  await prepare(deployment);
  held.servers.unshift(await openSandbox(deployment, { onLine: () => {} }));
  const filling = await openWith(deployment, 'on');
  held.servers.unshift(filling);
  await mirrored(deployment.url);
  await filling.stop();
  const port = await freePort();
  const neighbour = { ...deployment, port, env: { ...deployment.env, PORT: String(port) } };
  for (const one of [deployment, neighbour]) held.servers.unshift(await openWith(one, 'off'));
  const urls: [string, string] = [deployment.url, `http://localhost:${port}`];
  const koban = `${deployment.sandbox?.url}/_control`;
  return { urls, koban, ...(await people(cluster.url, secret, Math.ceil(streams / MOST_PER_ACCOUNT))) };
}

async function people(url: string, secret: string, count: number) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const rows = async <Row>(shape: z.ZodType<Row>, query: string, values: unknown[] = []) =>
      z.array(shape).parse((await client.query(query, values)).rows);
    const accounts = await rows(
      z.object({ id: z.string() }),
      `insert into account (email, name, role, cabinet_id)
        select 'bench' || n || '@exemple.fr', 'Bench', 'manager', cabinet_id
        from account, generate_series(1, $2::integer) n where email = $1 returning id`,
      [visitor.email, count],
    );
    const [owner] = await rows(
      z.object({ id: z.string() }),
      `select id from promoter where slug = 'valmont'`,
    );
    const lots = await rows(
      z.object({ extcode: z.string() }),
      `select extcode from lot where promoter_id = $1 and not secondary and status_code = 'LIBRE'`,
      [owner?.id],
    );
    const cookies = await Promise.all(
      accounts.map(async ({ id }) => {
        const token = newSession({ id, sessionVersion: 1 });
        return `parvis-session=${await encode({ token, secret, maxAge: 7_200 })}`;
      }),
    );
    return { cookies, promoter: owner?.id ?? '', lots: lots.map(({ extcode }) => extcode) };
  } finally {
    await client.end();
  }
}

const answer = z.object({ version: z.number(), at: z.number() });
const usage = z.object({ held: z.number(), rss: z.number(), heapUsed: z.number(), external: z.number() });

/** Changes the price of a lot in the process at this address. @returns the stock's version, and when it was committed (ms) */
export async function change({ promoter, lots }: LivePortals, url: string, round: number) {
  const response = await fetch(`${url}/api/floor/live`, {
    method: 'POST',
    body: JSON.stringify({
      promoter,
      extcode: lots[round % lots.length],
      priceCents: 20_000_000 + round * 100,
    }),
  });
  return answer.parse(await response.json());
}

/** From now on Koban calls this process of the portal's. */
export async function callFrom({ koban }: LivePortals, url: string): Promise<void> {
  const { token = '', secret = '' } = demoWebhooks.valmont ?? {};
  const target = { base: `${url}/api/webhooks/koban/${token}/`, secret, secretIn: 'header' };
  await done(fetch(`${koban}/accounts/valmont/webhook`, { method: 'PUT', body: JSON.stringify(target) }));
}

/** The promoter's salesman places an option on a lot in Koban, which calls the portal. @returns when he did (ms) */
export async function placeAtDesk({ koban, lots }: LivePortals, round: number): Promise<number> {
  const act = { lot: lots[round], third: { Label: 'Rival', EMail: `rival.${round}@exemple.fr` } };
  const at = Date.now();
  await done(
    fetch(`${koban}/accounts/valmont/acts/place-option`, { method: 'POST', body: JSON.stringify(act) }),
  );
  return at;
}

async function done(answering: Promise<Response>): Promise<void> {
  const answer = await answering;
  if (!answer.ok) throw new Error(`The sandbox refused: ${await answer.text()}`);
}

/** What the process at this address holds, in bytes: `held` as it stood, the rest without its garbage. */
export async function memoryOf(url: string) {
  return usage.parse(await (await fetch(`${url}/api/floor/live`)).json());
}
