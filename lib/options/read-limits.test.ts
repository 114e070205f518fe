import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { checkLot } from './check-lot';
import { placeOption } from './place-option';
import { listOptions } from './queries';
import { readLimits } from './read-limits';
import { optionFilterSchema } from './schema';
import { placed } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let partner: PartnerActor;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  partner = await addPartner([office], { maxOptions: 3 });
  return () => office.close();
});
afterAll(() => db.close());

const lotOf = (number: number) => ({ promoter: office.slug, extcode: office.freeLots[number] ?? '' });
const granted = async (actor: PartnerActor, number: number) => {
  const check = await checkLot(actor, lotOf(number));
  if (check.kind !== 'granted') throw new Error(check.kind);
  return check;
};

it("tells a cabinet how many of its convention's options are in progress, its colleagues' included", async () => {
  const colleague = await addPartner([office], { cabinet: partner.cabinet });
  const stranger = await addPartner([office]);
  await placed(partner, office, lotOf(0).extcode);
  await placed(colleague, office, lotOf(1).extcode);
  await placed(stranger, office, lotOf(2).extcode);
  expect((await granted(partner, 3)).cabinet).toEqual({ count: 2, most: 3 });
  expect((await granted(stranger, 3)).cabinet).toEqual({ count: 1, most: null });
  expect(await readLimits(partner)).toEqual([
    { promoterName: office.koban.name, count: 2, most: 3, fullSince: null, scarce: null },
  ]);
  expect(await readLimits(stranger)).toEqual([]);
  const { lines } = await listOptions(partner, optionFilterSchema.parse({}));
  expect(lines.map(({ prospectOptions }) => prospectOptions)).toEqual([1]);
});

it("tells every cabinet when Koban's own limit was met, until an option goes through again", async () => {
  const stranger = await addPartner([office]);
  const body = { success: false, errorcode: '03', message: 'Limite atteinte' };
  office.fault({ method: 'ncOption/Add', mode: 'business', body });
  const denonciationId = await acceptedDenonciation(stranger, office);
  const form = { formKey: randomUUID(), lot: lotOf(0), denonciationId, confirmedRank: 1 as const };
  expect((await placeOption(stranger, form)).placing).toMatchObject({ code: 'account-limit' });
  const { fullSince } = (await granted(partner, 1)).koban;
  expect(Math.abs((fullSince?.getTime() ?? 0) - Date.now())).toBeLessThan(30_000);
  expect(await readLimits(stranger)).toMatchObject([{ most: null, fullSince: expect.any(Date) }]);
  await placed(partner, office, lotOf(1).extcode);
  expect((await granted(partner, 2)).koban.fullSince).toBeNull();
  expect(await readLimits(stranger)).toEqual([]);
});

it('warns every cabinet when little is left of the limit that the promoter wrote down', async () => {
  const stranger = await addPartner([office]);
  const settings = sql`${promoter.settings} || '{"kobanOptionsMax": 2}'::jsonb`;
  await asSystem((tx) => tx.update(promoter).set({ settings }).where(eq(promoter.id, office.promoter)));
  await placed(partner, office, lotOf(0).extcode);
  expect((await granted(stranger, 2)).koban.scarce).toBeNull();
  await placed(partner, office, lotOf(1).extcode);
  expect((await granted(stranger, 2)).koban).toEqual({ fullSince: null, scarce: { left: 0, most: 2 } });
  expect(await readLimits(stranger)).toMatchObject([{ most: null, scarce: { left: 0, most: 2 } }]);
});
