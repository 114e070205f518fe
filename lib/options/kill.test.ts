import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '@/lib/core/env';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { type Database, openPglite, setDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { operation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  formFor,
  inMinutes,
  mint,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { resumeDueOperations } from '@/lib/operations/resume';
import { resumeOption } from './add-option';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
let folder: string | null = null;
let office: Office;
let partner: PartnerActor;

/** The embedded database belongs to one process at a time: it is closed while the child has it. */
async function open(): Promise<void> {
  if (!folder) return;
  db = await openPglite(folder);
  setDatabase(db);
}

beforeAll(async () => {
  if (env().TEST_DATABASE_URL) {
    db = await testDatabase();
    return;
  }
  folder = mkdtempSync(join(tmpdir(), 'parvis-kill-'));
  await open();
  await migrate(db);
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  partner = await addPartner([office]);
  return () => office.close();
});
afterAll(async () => {
  await db.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const resume = (minutes: number) =>
  resumeDueOperations(
    { mint, runners: { denonciation: poseDenonciation, option: resumeOption } },
    inMinutes(minutes),
  );

/** Where the only act of this kind stands. */
const stateOf = async (kind: 'denonciation' | 'option') => {
  const rows = await asSystem((tx) =>
    tx
      .select({ state: operation.state })
      .from(operation)
      .where(and(eq(operation.promoterId, office.promoter), eq(operation.kind, kind))),
  );
  return rows.map((row) => row.state);
};

/** Does the act in another process, and kills that process while Koban holds this call. */
async function killDuring(act: Record<string, unknown>, method: string): Promise<void> {
  const before = office.calls(method);
  const { connectionString } = db.pool?.options ?? {};
  if (folder) await db.close();
  const place = folder ? { folder } : { url: connectionString };
  const script = join(process.cwd(), 'lib/options/kill.testing.ts');
  const who = { account: partner.account, cabinet: partner.cabinet, promoter: office.promoter };
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify({ who, place, ...act })], {
    stdio: 'inherit',
  });
  try {
    await vi.waitFor(() => expect(office.calls(method)).toBeGreaterThan(before), { timeout: 50_000 });
  } finally {
    await kill(child);
    await open();
  }
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

describe.each(['hang-before', 'hang-after'] as const)('killed during a call (%s)', (mode) => {
  it.each(['ncDenonc/CheckDenonc', 'ncThird/PostOne', 'ncDenonc/Create'])(
    '%s: one prospect and one dénonciation at most, and the truth told of them',
    async (method) => {
      office.fault({ method, mode });
      await killDuring({ denonciation: formFor(office) }, method);
      expect(await stateOf('denonciation')).toEqual(['open']);
      expect(await resume(0)).toBe(0);
      for (const minutes of [2, 4, 8, 20]) await resume(minutes);
      const lost = method === 'ncDenonc/Create' && mode === 'hang-before';
      expect(await stateOf('denonciation')).toEqual([lost ? 'uncertain' : 'done']);
      expect(office.effects('denonciation-created')).toBe(lost ? 0 : 1);
      expect(office.effects('third-created')).toBe(1);
      expect(office.calls('ncDenonc/Create')).toBe(1);
    },
    90_000,
  );

  it.each(['ncOption/GetLotStatus', 'ncOption/Add'])(
    '%s: one option at most, never shown as placed without proof',
    async (method) => {
      const denonciationId = await acceptedDenonciation(partner, office);
      office.fault({ method, mode });
      const lot = { promoter: office.slug, extcode: office.freeLots[0] };
      const option = { formKey: randomUUID(), lot, denonciationId, confirmedRank: 1 };
      await killDuring({ option }, method);
      for (const minutes of [2, 4, 8, 20]) await resume(minutes);
      const add = method === 'ncOption/Add';
      expect(await stateOf('option')).toEqual([add ? 'uncertain' : 'done']);
      expect(office.effects('option-placed')).toBe(add && mode === 'hang-before' ? 0 : 1);
      expect(office.calls('ncOption/Add')).toBe(1);
    },
    90_000,
  );
});
