import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotStart, root } from './processes';

export type Deployment = {
  port: number;
  url: string;
  dataDir: string;
  /** The demo's Koban; null when the settings name a real one, or a provisioning file of their own. */
  sandbox: { port: number; url: string } | null;
  /** The provisioning file that the portal starts from, when there is one. */
  seedFile: string | null;
  /** What the portal's and the sandbox's processes are given on top of this process's own environment. */
  env: Record<string, string>;
};

const demoSeed = join(root, 'sandbox/demo.provisioning.json');
const demoSandboxPort = 4001;

/**
 * What the settings ask for, with the defaults of `npm start`: the demo when no Koban and no provisioning file is named.
 * The portal validates the settings itself; here only what is needed before it runs.
 * @throws CannotStart
 */
export function deploymentOf(settings: NodeJS.ProcessEnv): Deployment {
  const port = portOf(settings, 'PORT', 3000);
  const url = settings.NEXTAUTH_URL || `http://localhost:${port}`;
  const dataDir = resolve(root, settings.DATA_DIR || '.data');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const shared = {
    PORT: String(port),
    DATA_DIR: dataDir,
    NEXTAUTH_URL: url,
    ...secretsOf(settings, dataDir),
  };
  if (settings.KOBAN_URL || settings.SEED_FILE) {
    const seedFile = settings.SEED_FILE ? resolve(root, settings.SEED_FILE) : null;
    return {
      port,
      url,
      dataDir,
      sandbox: null,
      seedFile,
      env: { ...shared, ...(seedFile && { SEED_FILE: seedFile }) },
    };
  }
  const sandboxPort = portOf(settings, 'SANDBOX_PORT', demoSandboxPort);
  if (sandboxPort === port)
    throw new CannotStart(`PORT and SANDBOX_PORT are both ${port}: the demo needs two ports.`);
  const seedFile = demoSeedFor(sandboxPort, dataDir);
  return {
    port,
    url,
    dataDir,
    sandbox: { port: sandboxPort, url: `http://127.0.0.1:${sandboxPort}` },
    seedFile,
    env: {
      ...shared,
      SEED_FILE: seedFile,
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}`,
      SANDBOX_MEMORY: join(dataDir, 'sandbox.json'),
    },
  };
}

/**
 * The two secrets. With PostgreSQL several machines share them, so they are set by hand; one machine alone makes its own and
 * keeps them beside the data that they seal.
 */
function secretsOf(settings: NodeJS.ProcessEnv, dataDir: string): Record<string, string> {
  const missing = ['NEXTAUTH_SECRET', 'APP_ENCRYPTION_KEY'].filter((name) => !settings[name]);
  if (missing.length === 0) return {};
  if (settings.DATABASE_URL) {
    throw new CannotStart(
      `With DATABASE_URL set, ${missing.join(' and ')} must be set too. Make one with: openssl rand -base64 32`,
    );
  }
  const file = join(dataDir, 'secrets.json');
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = Object.fromEntries(
    missing.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64')]),
  );
  writeFileSync(file, JSON.stringify({ ...kept, ...secrets }, null, 2), { mode: 0o600 });
  chmodSync(file, 0o600);
  return secrets;
}

/**
 * The demo's provisioning file, its sandbox on the port asked for. A demo already made keeps the port it was made with: its
 * promoters' address of Koban is in the database.
 */
function demoSeedFor(port: number, dataDir: string): string {
  const copy = join(dataDir, 'demo.provisioning.json');
  if (existsSync(copy) && existsSync(join(dataDir, 'database'))) {
    const madeWith = /127\.0\.0\.1:(\d+)/.exec(readFileSync(copy, 'utf8'))?.[1];
    if (madeWith !== String(port)) {
      throw new CannotStart(
        `The demo in ${dataDir} has its sandbox on port ${madeWith}: start with SANDBOX_PORT=${madeWith}, or give another DATA_DIR.`,
      );
    }
  }
  const text = readFileSync(demoSeed, 'utf8').replaceAll(`127.0.0.1:${demoSandboxPort}`, `127.0.0.1:${port}`);
  writeFileSync(copy, text, { mode: 0o600 });
  return copy;
}

function portOf(settings: NodeJS.ProcessEnv, name: string, byDefault: number): number {
  const port = Number(settings[name] || byDefault);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new CannotStart(`${name} must be a port number.`);
  return port;
}

/** Every setting, as `.env.example` lists them. */
export function settingNames(): string[] {
  const text = readFileSync(join(root, '.env.example'), 'utf8');
  return [...text.matchAll(/^#?([A-Z_]+)=/gm)].flatMap(([, name]) => name ?? []);
}
