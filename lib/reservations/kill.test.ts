import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '@/lib/core/env';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { type Database, openPglite, setDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { actsAt, filledFile, inMonths, reserved, resume } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let folder: string | null = null;
let office: Office;
let partner: PartnerActor;
let denonciationId: string;
let extcode: string;

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
  denonciationId = await acceptedDenonciation(partner, office);
  extcode = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(async () => {
  await db.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Does the act in another process, and kills that process while Koban holds this call. */
async function killDuring(act: Record<string, unknown>, method: string): Promise<void> {
  const before = office.calls(method);
  const { connectionString } = db.pool?.options ?? {};
  if (folder) await db.close();
  const place = folder ? { folder } : { url: connectionString };
  const script = join(process.cwd(), 'lib/reservations/kill.testing.ts');
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

const later = async () => {
  for (const minutes of [2, 4, 8, 20]) await resume(inMinutes(minutes));
};

describe.each(['hang-before', 'hang-after'] as const)('killed during a call (%s)', (mode) => {
  it.each(['ncOption/GetLotStatus', 'ncPreresv/Add'])(
    'pre-reserving, %s: one reservation at most, never told as made without proof',
    async (method) => {
      office.fault({ method, mode });
      const lot = { promoter: office.slug, extcode };
      const money = { price: '352 500', deposit: '17 625', deedDay: inMonths(10) };
      const preresv = { formKey: randomUUID(), lot, denonciationId, ...money };
      await killDuring({ preresv }, method);
      await later();
      const add = method === 'ncPreresv/Add';
      const lost = mode === 'hang-before' ? 'preresv-no-trace' : 'preresv-whose-unknown';
      expect(await actsAt(office, 'preresv')).toEqual([add ? `uncertain ${lost}` : 'done']);
      expect(office.effects('preresv-placed')).toBe(add && mode === 'hang-before' ? 0 : 1);
      expect(office.calls('ncPreresv/Add')).toBe(1);
    },
    90_000,
  );

  it('sending the file: once, and unknown until its validation', async () => {
    const id = await reserved(partner, office, denonciationId, extcode);
    const method = 'ncPreresv/AddValid';
    office.fault({ method, mode });
    await killDuring({ dossier: { formKey: randomUUID(), id, values: filledFile() } }, method);
    await later();
    expect(await actsAt(office, 'dossier')).toEqual(['uncertain dossier-unknown']);
    expect(office.calls(method)).toBe(1);
    expect(office.effects('reservation-validated')).toBe(mode === 'hang-after' ? 1 : 0);
  }, 90_000);

  it('withdrawing: once, and done by the state of the lot', async () => {
    const id = await reserved(partner, office, denonciationId, extcode);
    const method = 'ncPreresv/Desist';
    office.fault({ method, mode });
    await killDuring({ desistement: { formKey: randomUUID(), id, reason: 'Prêt refusé' } }, method);
    await later();
    const applied = mode === 'hang-after';
    expect(await actsAt(office, 'desistement')).toEqual([applied ? 'done' : 'uncertain desist-no-trace']);
    expect(office.calls(method)).toBe(1);
    expect(office.effects('reservation-withdrawn')).toBe(applied ? 1 : 0);
  }, 90_000);
});
