import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { env } from '@/lib/core/env';
import type { PromoterId } from '@/lib/core/scope';
import { type Database, openPglite, setDatabase } from '@/lib/db/client';
import { audit, denonciation, prospect } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { blankDatabase, testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { placeOption } from '@/sandbox/core/options';
import { processDueEvents } from './process-events';
import { keptOf, openDoor, optionsOn, type Postman, SECRET } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let folder: string | null = null;
let office: Office;
let postman: Postman;

/** The embedded database belongs to one process at a time: it is closed while the child has it. */
async function open(): Promise<void> {
  if (!folder) return;
  db = await openPglite(folder);
  setDatabase(db);
}
beforeAll(async () => {
  if (env().TEST_DATABASE_URL) db = await testDatabase();
  else {
    folder = mkdtempSync(join(tmpdir(), 'parvis-webhook-'));
    db = await blankDatabase(folder);
    setDatabase(db);
  }
  office = await openOffice();
  postman = await openDoor(office);
});
afterAll(async () => {
  await office.close();
  await db.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Another process takes the call and is killed, once it has answered and Koban holds the reading that it asked for. */
async function killWhileWorking(event: string, body: string): Promise<void> {
  const { connectionString } = db.pool?.options ?? {};
  if (folder) await db.close();
  const place = folder ? { folder } : { url: connectionString };
  const script = join(process.cwd(), 'lib/webhooks/kill.testing.ts');
  const given = JSON.stringify({ place, token: office.promoter, event, body, secret: SECRET });
  const child = spawn(process.execPath, ['--import', 'tsx', script, given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += String(text);
  });
  try {
    await vi.waitFor(() => expect(said).toContain('answered 200'), { timeout: 50_000 });
    await vi.waitFor(() => expect(office.calls('ncOption/GetLotStatus')).toBeGreaterThan(0), {
      timeout: 20_000,
    });
  } finally {
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
    await open();
  }
}

it('killed after it answered, and asked again by a Koban that heard nothing, it comes to one option', async () => {
  const partner = await addPartner([office]);
  const id = await acceptedDenonciation(partner, office);
  const [{ guid } = { guid: null }] = await asSystem((tx) =>
    tx
      .select({ guid: prospect.kobanGuid })
      .from(prospect)
      .innerJoin(denonciation, eq(denonciation.prospectId, prospect.id))
      .where(eq(denonciation.id, id)),
  );
  const lot = office.freeLots[0] ?? '';
  const scene = {
    world: office.sandbox.state,
    account: office.koban,
    cause: { origin: 'console' as const, callId: null },
  };
  placeOption(scene, { extcode: lot, thirdGuid: guid ?? '', rank: 1, placedAt: Date.now(), partGuid: null });
  await office.sandbox.state.webhooks.idle();
  const [call] = postman.waiting.splice(0);
  const body = (await call?.request.text()) ?? '';
  // The child's client of Koban has the promoter's own keys, and waits.
  office.fault({ method: 'ncOption/GetLotStatus', mode: 'hang-before' });
  await killWhileWorking('option-placed', body);

  expect(await keptOf(office)).toMatchObject([{ state: 'received', attempts: 1 }]);
  expect(await optionsOn(office, lot)).toEqual([]);
  // The lease of the process that died runs out first.
  await processDueEvents();
  expect(await optionsOn(office, lot)).toEqual([]);
  const headers = { 'x-parvis-secret': SECRET, 'content-type': 'application/x-www-form-urlencoded' };
  const request = new Request('http://portal.test/', { method: 'POST', headers, body });
  await postman.deliver({ token: office.promoter, event: 'option-placed', request });
  await vi.waitFor(async () => expect(await optionsOn(office, lot)).toHaveLength(1), { timeout: 10_000 });
  await Promise.all([processDueEvents(inMinutes(1)), processDueEvents(inMinutes(1))]);

  expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed', third: guid, rank: 1 }]);
  expect((await keptOf(office)).map(({ state }) => state).sort()).toEqual(['processed', 'processed']);
  const entries = await asSystem((tx) =>
    tx
      .select()
      .from(audit)
      .where(and(eq(audit.promoterId, office.promoter), eq(audit.action, 'option.placed'))),
  );
  expect(entries).toHaveLength(1);
}, 120_000);
