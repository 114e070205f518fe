import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  addPartner,
  forgetActs,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { placed } from '@/lib/options/testing';
import { reviewLots } from './review-lots';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => (broken.has(id) ? Promise.reject(new Error('no key')) : testKoban(id)),
}));
/** Promoters whose Koban cannot even be opened. */
const broken = vi.hoisted(() => new Set<string>());
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let other: Office;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  // The lots of the offices before are out of the way.
  await asSystem((tx) => tx.update(lot).set({ optionSeenAt: inMinutes(1) }));
  broken.clear();
  office = await openOffice();
  other = await openOffice();
  return async () => {
    await office.close();
    await other.close();
  };
});
afterAll(() => db.close());

/** Options of one partner each on the first lots of an office, the earlier ones read longer ago. @returns their lots */
async function options(at: Office, count: number): Promise<string[]> {
  const lots = at.freeLots.slice(0, count);
  for (const extcode of lots) await placed(await addPartner([at]), at, extcode);
  for (const [n, extcode] of lots.entries()) await seen(at, extcode, inMinutes(-600 + n));
  return lots;
}
const seen = (at: Office, extcode: string, optionSeenAt: Date) =>
  asSystem((tx) =>
    tx
      .update(lot)
      .set({ optionSeenAt })
      .where(and(eq(lot.promoterId, at.promoter), eq(lot.extcode, extcode))),
  );
/** Which of these lots were read a moment ago. */
async function readNow(at: Office, lots: string[]): Promise<string[]> {
  const rows = await asSystem((tx) =>
    tx
      .select({ extcode: lot.extcode, seenAt: lot.optionSeenAt })
      .from(lot)
      .where(and(eq(lot.promoterId, at.promoter), inArray(lot.extcode, lots))),
  );
  const recent = rows.filter(({ seenAt }) => seenAt !== null && seenAt > inMinutes(-1));
  return recent.map(({ extcode }) => extcode).sort();
}

it('gives each promoter its share, oldest first, and comes to the rest in its turn', async () => {
  const many = await options(office, 3);
  const few = await options(other, 1);
  await reviewLots(2);
  expect(await readNow(office, many)).toEqual(many.slice(0, 1));
  expect(await readNow(other, few)).toEqual(few);
  await reviewLots(2);
  expect(await readNow(office, many)).toEqual([...many].sort());
});

it.each([
  ['does not answer', (): void => office.unplug()],
  ['cannot be opened', (): unknown => broken.add(office.promoter)],
] as const)('reads the lots of the others where a promoter’s Koban %s', async (_why, fail) => {
  const many = await options(office, 2);
  const few = await options(other, 2);
  fail();
  await reviewLots(4);
  expect(await readNow(other, few)).toEqual([...few].sort());
  expect(await readNow(office, many)).toEqual([]);
});

it('counts a lot that Koban does not know as read, and does not ask for it again at once', async () => {
  const [extcode = ''] = await options(office, 1);
  const unknown = { Result: -1, MaxRank: null, EndDate: null };
  office.fault({ method: 'ncOption/GetLotStatus', mode: 'business', body: unknown });
  const before = office.calls('ncOption/GetLotStatus');
  await reviewLots();
  expect(await readNow(office, [extcode])).toEqual([extcode]);
  await reviewLots();
  expect(office.calls('ncOption/GetLotStatus')).toBe(before + 1);
});

it('goes on with a promoter’s other lots where one answer cannot be read', async () => {
  const lots = await options(office, 2);
  office.fault({ method: 'ncOption/GetLotStatus', mode: 'business', body: { Result: 'what' } });
  await reviewLots();
  expect(await readNow(office, lots)).toEqual(lots.slice(1));
});
