import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, openOffice, testKoban } from '@/lib/denonciations/testing';
import { remindExpiries } from './remind-expiries';
import { codesTo, mailTo, optionOf, setOption, teller, toldTo } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const HOUR = 3_600_000;

it('reminds once a day before the end and once two hours before, and anew when the end is put off', async () => {
  const office = await openOffice();
  const adviser = await addPartner([office]);
  const manager = await addPartner([office], { role: 'manager', cabinet: adviser.cabinet });
  const stranger = await addPartner([office]);
  const end = new Date(Math.ceil((Date.now() + 72 * HOUR) / 1_800_000) * 1_800_000);
  const id = await optionOf(adviser, office, office.freeLots[0] ?? '', { expiresAt: end });
  // One that is over, and one in doubt, are not spoken of.
  await optionOf(adviser, office, office.freeLots[1] ?? '', { expiresAt: end, state: 'cancelled' });
  const at = async (hoursBefore: number, from = end) => {
    const now = new Date(from.getTime() - hoursBefore * HOUR);
    return remindExpiries(teller(office), { now: () => now });
  };
  expect(await at(30)).toBe(0);
  expect(await at(23.9)).toBe(2);
  expect(await at(23)).toBe(0);
  expect(await at(1.9)).toBe(2);
  expect(await at(1.5)).toBe(0);
  expect(await codesTo(adviser)).toEqual(['option-ending-day', 'option-ending-hours']);
  expect(await codesTo(manager)).toEqual(['option-ending-day', 'option-ending-hours']);
  expect(await toldTo(stranger)).toEqual([]);
  expect(await mailTo(adviser)).toHaveLength(2);
  expect((await toldTo(adviser))[1]?.params).toMatchObject({ until: end.toISOString(), rank: 1 });

  const later = new Date(end.getTime() + 48 * HOUR);
  await setOption(id, { expiresAt: later, prolongedTo: later });
  expect(await at(1)).toBe(0);
  expect(await at(20, later)).toBe(2);
  // It ended meanwhile: what would be said is no longer so.
  await setOption(id, { state: 'expired' });
  expect(await at(1, later)).toBe(0);
  await office.close();
});
