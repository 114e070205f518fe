import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makeCabinet, makeStaff } from '@/lib/auth/testing';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { convention } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { type Office, openOffice, testKoban } from '@/lib/denonciations/testing';
import { registerCgp, registerDueCgps } from './register-cgp';
import { cgpExtcode } from './rules';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
let office: Office;
let cabinetId: string;
let conventionId: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await asSystem((tx) => tx.update(convention).set({ kobanGuid: 'known' }));
  office = await openOffice();
  cabinetId = await makeCabinet('Boréal Conseil');
  const [made] = await asSystem((tx) =>
    tx
      .insert(convention)
      .values({ promoterId: office.promoter, cabinetId, allProgrammes: true })
      .returning({ id: convention.id }),
  );
  conventionId = made?.id ?? '';
  return () => office.close();
});

const run = () => registerDueCgps((id) => mintSystem('system', asPromoterId(id), 'partners'));
const standing = async () => {
  const [row] = await asSystem((tx) => tx.select().from(convention).where(eq(convention.id, conventionId)));
  if (!row) throw new Error('No convention');
  return row;
};
const later = () => asSystem((tx) => tx.update(convention).set({ cgpNextAt: new Date(0) }));
const thirds = () =>
  [...office.koban.thirds.values()].filter(({ wire }) => wire.Extcode === cgpExtcode(cabinetId));

it('makes the cabinet a CGP in Koban once, and keeps its guid', async () => {
  await run();
  await run();
  const [third, ...more] = thirds();
  expect(more).toEqual([]);
  expect(third?.wire).toMatchObject({ Label: 'Boréal Conseil', Status: { Code: 'CGP' } });
  expect(await standing()).toMatchObject({ kobanGuid: third?.guid, cgpFault: null });
});

it('waits when Koban is away, says so, and asks again later', async () => {
  office.unplug();
  await run();
  expect(await standing()).toMatchObject({ kobanGuid: null, cgpFault: 'unreachable' });
  office.plug();
  await run();
  // Not yet time.
  expect(thirds()).toEqual([]);
  await later();
  await run();
  expect(await standing()).toMatchObject({ kobanGuid: thirds()[0]?.guid, cgpFault: null });
});

it('makes no second third after an answer that was lost', async () => {
  office.fault({ method: 'ncThird/PostOne', mode: 'close-after', remaining: 1 });
  await run();
  expect(await standing()).toMatchObject({ kobanGuid: null, cgpFault: 'unknown' });
  await later();
  await run();
  expect(thirds().length).toBe(1);
  expect((await standing()).kobanGuid).toBe(thirds()[0]?.guid);
});

it('is asked by one at a time', async () => {
  const staff = await makeStaff(office.promoter);
  const before = office.calls('ncThird/PostOne');
  const asked = await Promise.all([registerCgp(staff, conventionId), registerCgp(staff, conventionId)]);
  expect(asked.sort()).toEqual([false, true]);
  expect(office.calls('ncThird/PostOne') - before).toBe(1);
});

it('is nothing that the staff of another promoter can ask for', async () => {
  const stranger = await openOffice({ account: 1, sharing: office });
  expect(await registerCgp(await makeStaff(stranger.promoter), conventionId)).toBe(false);
  expect(await standing()).toMatchObject({ kobanGuid: null });
});
