import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inviteAccount } from '@/lib/accounts/invite-account';
import { passwordlessAccounts } from '@/lib/accounts/queries';
import { type Env, env } from '@/lib/core/env';
import { database } from '@/lib/db/client';
import { DataFolderInUse } from '@/lib/db/lock';
import { migrate } from '@/lib/db/migrate';
import { asSystem } from '@/lib/db/tenancy';
import type { KobanAccess } from '@/lib/promoters/change-koban-access';
import { applyProvisioning } from './apply-provisioning';
import { offerOperator } from './offer-operator';
import { provisionFromSettings } from './provision-from-settings';
import { ProvisioningFault, readProvisioning } from './read-provisioning';

// Run before the portal opens, by the start script, which reads these lines:
//   {"step": "migrate", "ms": 123}   {"link": "http…", "for": "Name <address>"}   {"error": "One clear sentence."}

const tell = (line: Record<string, string | number>) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  tell({ step, ms: Math.round(performance.now() - start) });
  return result;
}

/** The file cannot be read, or what it says cannot be used. */
class SeedFault extends Error {}

async function prepare(seedFile: string | undefined): Promise<void> {
  const settings = env();
  const db = await timed('database', database);
  try {
    await timed('migrate', () => migrate(db));
    await timed('provision', () => provision(settings, seedFile));
    const link = await offerOperator();
    if (link) tell({ link, for: 'operator account' });
  } finally {
    await db.close();
  }
}

async function provision(settings: Env, seedFile: string | undefined): Promise<void> {
  const koban = accessOf(settings);
  const webhookSecret = settings.KOBAN_WEBHOOK_SECRET;
  if (seedFile) {
    const applied = await applySeed(seedFile, { koban, webhookSecret: webhookSecret ?? null });
    await invite(settings, applied);
  } else if (koban) {
    const link = await provisionFromSettings(koban, webhookSecret);
    if (link) tell({ link, for: 'first account' });
    await invite(settings, false);
  }
}

async function applySeed(path: string, fallbacks: Parameters<typeof applyProvisioning>[1]): Promise<boolean> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new SeedFault(`The provisioning file ${path} cannot be read.`);
  }
  try {
    return await applyProvisioning(readProvisioning(text), fallbacks);
  } catch (fault) {
    if (fault instanceof ProvisioningFault) {
      throw new SeedFault(`The provisioning file ${path} cannot be used: ${fault.message}.`);
    }
    throw fault;
  }
}

/** Invites who has no password yet: by mail once, when the file is applied; without SMTP by a fresh link at every start. */
async function invite({ SMTP_URL }: Env, applied: boolean): Promise<void> {
  if (SMTP_URL && !applied) return;
  for (const { id, name, email } of await asSystem(passwordlessAccounts)) {
    const link = await inviteAccount(
      { kind: 'system', name: 'provisioning' },
      { id, locale: 'fr', earlier: 'live-on' },
    );
    if (link && !SMTP_URL) tell({ link, for: `${name} <${email}>` });
  }
}

function accessOf({ KOBAN_URL, KOBAN_API_KEY, KOBAN_USER_KEY }: Env): KobanAccess | null {
  return KOBAN_URL && KOBAN_API_KEY && KOBAN_USER_KEY
    ? { url: KOBAN_URL, apiKey: KOBAN_API_KEY, userKey: KOBAN_USER_KEY }
    : null;
}

/** One sentence for the person at the terminal; never a key, a password or a query's values. */
function sentence(fault: unknown): string {
  if (fault instanceof SeedFault || fault instanceof DataFolderInUse) return fault.message;
  if (!(fault instanceof Error)) return 'The start failed for a reason that cannot be told.';
  const code = codeOf(fault);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return 'The PostgreSQL server of DATABASE_URL does not answer: check its host, its port and that it runs.';
    case '28P01':
    case '28000':
      return 'The PostgreSQL server of DATABASE_URL refuses its user or password.';
    case '3D000':
      return 'The database that DATABASE_URL names does not exist: create it first.';
    case null:
      return fault.message;
    default:
      return `The database refused a step of the start (code ${code}).`;
  }
}

function codeOf(fault: Error): string | null {
  for (const error of [fault, fault.cause]) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  }
  return fault.cause ? 'unknown' : null;
}

try {
  const { values } = parseArgs({ options: { provisioning: { type: 'string' } } });
  await prepare(values.provisioning ?? env().SEED_FILE);
} catch (fault) {
  tell({ error: sentence(fault) });
  process.exitCode = 1;
}
