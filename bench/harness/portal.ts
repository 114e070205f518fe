import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SQL } from 'drizzle-orm';
import { z } from 'zod';
import { openPglite } from '@/lib/db/client';
import { type Deployment, deploymentOf, settingNames } from '@/scripts/deployment';
import { openPortal, openSandbox, prepare } from '@/scripts/portal';
import { freePort, type Launched } from '@/scripts/processes';
import { benchEnv } from './build';
import { staff, visitor } from './people';
import { signIn } from './sign-in';

/** A portal whose promoter `valmont` has so many lots, in programmes of 300, and somebody signed in who sees them all. */
export type BenchPortal = { url: string; pid: number; cookie: string; headers: Record<string, string> };

const open = new Map<string, Promise<BenchPortal>>();
/** What runs for the benches, and where it keeps its data: the last opened first. */
export const running: { servers: { stop(): Promise<void> }[]; dataDir?: string }[] = [];

/**
 * The portal with so many lots, opened at its first use: its mirror is filled from a sandbox as in production, then the server
 * starts anew without its jobs, so that nothing but the measure runs in it.
 * @param change made in the filled database before that
 */
export function benchPortal(lots: number, change?: SQL): Promise<BenchPortal> {
  const key = `${lots} ${change ? 'changed' : ''}`;
  const portal = open.get(key) ?? openFilled(lots, change);
  open.set(key, portal);
  return portal;
}

/** Ends every portal and sandbox, and deletes their data. */
export async function closePortals(): Promise<void> {
  for (const { servers, dataDir } of running.splice(0)) {
    for (const server of servers) await server.stop();
    if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  }
  open.clear();
}

async function openFilled(lots: number, change?: SQL): Promise<BenchPortal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parvis-bench-'));
  const blank = Object.fromEntries(settingNames().map((name) => [name, '']));
  const given = {
    ...blank,
    ...benchEnv,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    SANDBOX_SEED: `stock:${lots}`,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
  };
  const deployment = deploymentOf({ NODE_ENV: 'production', ...given });
  deployment.env = { ...given, ...deployment.env };
  const servers: Launched[] = [];
  running.push({ servers, dataDir });
  await prepare(deployment);
  servers.push(await openSandbox(deployment, { onLine: () => {} }));
  const filling = await openWith(deployment, 'on');
  servers.push(filling);
  await mirrored(deployment.url);
  await filling.stop();
  if (change) await changeDatabase(dataDir, change);
  const server = await openWith(deployment, 'off');
  servers.push(server);
  const cookie = await signIn(deployment.url, visitor);
  // As browsers ask on any address, https or not.
  const headers = { cookie, 'accept-encoding': 'gzip' };
  return { url: deployment.url, pid: server.pid, cookie, headers };
}

/** The portal with or without its jobs. */
export function openWith(deployment: Deployment, WORKER: 'on' | 'off'): Promise<Launched> {
  return openPortal({ ...deployment, env: { ...deployment.env, WORKER } });
}

async function changeDatabase(dataDir: string, change: SQL): Promise<void> {
  const database = await openPglite(dataDir);
  await database.orm.execute(change);
  await database.close();
}

const health = z.object({
  koban: z.array(
    z.object({ mirror: z.object({ age: z.number().nullable(), lastFault: z.string().nullable() }) }),
  ),
});

/** Waits until the first full pull has ended well. */
export async function mirrored(url: string): Promise<void> {
  const cookie = await signIn(url, staff);
  for (;;) {
    const response = await fetch(`${url}/api/health`, { headers: { cookie } });
    const { koban } = health.parse(await response.json());
    const [mirror] = koban.map((each) => each.mirror);
    if (mirror?.lastFault) throw new Error(`The mirror did not fill: ${mirror.lastFault}`);
    if (mirror?.age !== null && mirror?.age !== undefined) return;
    await sleep(250);
  }
}
