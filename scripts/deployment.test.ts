import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deploymentOf, settingNames } from './deployment';
import { CannotStart, root } from './processes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-deployment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const deployed = (settings: Record<string, string> = {}) =>
  deploymentOf({ NODE_ENV: 'production', DATA_DIR: folder, ...settings });

test('without settings: the demo, on its usual ports, its sandbox calling the portal back', () => {
  const { url, sandbox, env } = deployed();
  expect(url).toBe('http://localhost:3000');
  expect(sandbox).toEqual({ port: 4001, url: 'http://127.0.0.1:4001' });
  expect(env).toMatchObject({ SANDBOX_PORT: '4001', SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:3000' });
});

test.each<Record<string, string>>([
  { KOBAN_URL: 'https://koban.example/api/v1' },
  { SEED_FILE: 'deployment.json' },
])('no sandbox and no demo with %o', (settings) => {
  const { sandbox, env } = deployed(settings);
  expect(sandbox).toBeNull();
  expect(env.SANDBOX_PORT).toBeUndefined();
});

test('on another port, the sandbox and the provisioning file that names it agree', () => {
  const { seedFile } = deployed({ SANDBOX_PORT: '4129' });
  const seed = readFileSync(seedFile ?? '', 'utf8');
  expect(seed).toContain('http://127.0.0.1:4129/api/v1');
  expect(seed).not.toContain(':4001');
});

test('a demo already made keeps the port of its sandbox', () => {
  deployed();
  mkdirSync(join(folder, 'database'));
  expect(() => deployed({ SANDBOX_PORT: '4129' })).toThrow('start with SANDBOX_PORT=4001');
  expect(() => deployed()).not.toThrow();
});

test('one machine makes its secrets once, and nobody else reads them', () => {
  const { NEXTAUTH_SECRET, APP_ENCRYPTION_KEY } = deployed().env;
  expect(Buffer.from(APP_ENCRYPTION_KEY ?? '', 'base64')).toHaveLength(32);
  expect(deployed().env).toMatchObject({ NEXTAUTH_SECRET, APP_ENCRYPTION_KEY });
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('secrets that are set are not made', () => {
  const { env } = deployed({ NEXTAUTH_SECRET: 'a'.repeat(32) });
  expect(env.NEXTAUTH_SECRET).toBeUndefined();
  expect(env.APP_ENCRYPTION_KEY).toBeDefined();
});

test('several machines share a PostgreSQL and its secrets, which are then set by hand', () => {
  const start = () => deployed({ DATABASE_URL: 'postgres://db/parvis', NEXTAUTH_SECRET: 'a'.repeat(32) });
  expect(start).toThrow(CannotStart);
  expect(start).toThrow('APP_ENCRYPTION_KEY must be set too');
});

test.each(['0', '70000', 'http'])('%s is no port', (PORT) => {
  expect(() => deployed({ PORT })).toThrow('PORT must be a port number');
});

test('.env.example lists every setting that the portal reads, and no other', () => {
  const read = [...readFileSync(join(root, 'lib/core/env.ts'), 'utf8').matchAll(/^ {4}([A-Z_]+):/gm)].map(
    ([, name]) => name,
  );
  const listed = settingNames().filter((name) => !name.startsWith('SANDBOX_'));
  expect(listed.sort()).toEqual(read.filter((name) => name !== 'NODE_ENV').sort());
});
