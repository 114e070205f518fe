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
import { resumeCancellation } from './cancel-option';
import { expireOptions } from './expire-options';
import { resumeProlongation } from './prolong-option';
import { expiry, kobanPast, optionOf, placed, told } from './testing';

vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));
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
    {
      mint,
      runners: {
        denonciation: poseDenonciation,
        option: resumeOption,
        prolongation: resumeProlongation,
        annulation: resumeCancellation,
      },
    },
    inMinutes(minutes),
  );

/** Where the only act of this kind stands. */
const stateOf = async (kind: 'denonciation' | 'option' | 'prolongation' | 'annulation') => {
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

  it.each(['ncOption/GetLotStatus', 'ncOption/Prolong'])(
    '%s: prolonged once at most, never shown so without proof',
    async (method) => {
      kobanPast(office, 10);
      const id = await placed(partner, office, office.freeLots[0] ?? '');
      const until = new Date((await optionOf(id)).expiresAt.getTime() + 86_400_000);
      office.fault({ method, mode });
      await killDuring({ prolongation: { formKey: randomUUID(), id, until } }, method);
      for (const minutes of [2, 4, 8, 20]) await resume(minutes);
      const lost = method === 'ncOption/Prolong' && mode === 'hang-before';
      expect(await stateOf('prolongation')).toEqual([lost ? 'uncertain' : 'done']);
      expect((await optionOf(id)).prolongedTo).toEqual(lost ? null : until);
      expect(office.effects('option-prolonged')).toBe(lost ? 0 : 1);
      expect(office.calls('ncOption/Prolong')).toBe(1);
    },
    90_000,
  );

  it.each(['ncOption/GetLotStatus', 'ncOption/Undo'])(
    '%s: cancelled once at most, and never said to be ours to have done without an answer',
    async (method) => {
      kobanPast(office, 10);
      const id = await placed(partner, office, office.freeLots[0] ?? '');
      office.fault({ method, mode });
      await killDuring({ cancellation: { formKey: randomUUID(), id, reason: 'Retrait' } }, method);
      for (const minutes of [2, 4, 8, 20]) await resume(minutes);
      const undo = method === 'ncOption/Undo';
      const lost = undo && mode === 'hang-before';
      expect(await stateOf('annulation')).toEqual([lost ? 'uncertain' : 'done']);
      const endedBy = lost ? null : undo ? 'unproven' : 'partner';
      expect(await optionOf(id)).toMatchObject({ state: lost ? 'placed' : 'cancelled', endedBy });
      expect(office.effects('option-cancelled')).toBe(lost ? 0 : 1);
      expect(office.calls('ncOption/Undo')).toBe(1);
    },
    90_000,
  );

  it('while the options of a half hour are read: each is ended once', async () => {
    kobanPast(office, 10);
    const ids = [
      await placed(partner, office, office.freeLots[0] ?? ''),
      await placed(partner, office, office.freeLots[1] ?? ''),
    ];
    const last = Math.max(
      ...(await Promise.all(ids.map(optionOf))).map(({ expiresAt }) => expiresAt.getTime()),
    );
    office.sandbox.clock.set(last + 1_000);
    office.sandbox.sweep();
    office.fault({ method: 'ncOption/GetLotStatus', mode });
    await killDuring({ expiryAt: new Date(last + 1_000) }, 'ncOption/GetLotStatus');
    // Until its lease has run out nobody else reads what the dead process had in hand.
    expect(await expireOptions(expiry(office), new Date(last + 30_000))).toBe(0);
    expect(await expireOptions(expiry(office), new Date(last + 62_000))).toBe(2);
    for (const id of ids) {
      expect((await optionOf(id)).state).toBe('expired');
      expect((await told(id)).filter(({ action }) => action === 'expired')).toHaveLength(1);
    }
  }, 90_000);
});
