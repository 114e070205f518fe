import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { fileDenonciations } from '@/lib/denonciations/file-denonciations';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { denonciationSchema } from '@/lib/denonciations/schema';
import {
  acceptedDenonciation,
  addPartner,
  fileAndRun,
  forgetActs,
  formFor,
  openOffice,
  standing,
  TEST_DEADLINE_MS,
  testKoban,
} from '@/lib/denonciations/testing';
import { placeOption } from './place-option';
import { listOptions } from './queries';
import { optionFilterSchema } from './schema';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

/** More than one promoter's Koban is asked at a time, so that most wait for a place as well as for an answer. */
const FLOOD = 24;

it('a promoter whose Koban hangs under a flood of acts keeps no other promoter’s partner waiting', async () => {
  await forgetActs();
  const slow = await openOffice();
  const quick = await openOffice({ account: 1, sharing: slow });
  const flooding = await addPartner([slow]);
  const partner = await addPartner([quick]);
  const denonciationId = await acceptedDenonciation(partner, quick);
  const filed = await Promise.all(
    Array.from({ length: FLOOD }, () => fileDenonciations(flooding, denonciationSchema.parse(formFor(slow)))),
  );
  const { faults } = slow.sandbox.state;
  const hangs = faults.add({
    ...{ method: 'ncDenonc/CheckDenonc', mode: 'hang-before', remaining: null },
    account: slow.koban.slug,
  });
  let waiting = FLOOD;
  const flood = filed.flat().map(async (filing) => {
    if (filing.kind !== 'filed') throw new Error(filing.code);
    await poseDenonciation(flooding, filing.ref);
    waiting -= 1;
    return standing(filing.id);
  });
  await vi.waitUntil(() => hangs.fired > 0, { timeout: 10_000 });

  const took: number[] = [];
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const began = performance.now();
    const done = await work;
    took.push(performance.now() - began);
    return done;
  };
  const lot = { promoter: quick.slug, extcode: quick.freeLots[0] ?? '' };
  const form = { formKey: randomUUID(), lot, denonciationId, confirmedRank: 1 as const };
  const { placing } = await timed(placeOption(partner, form));
  expect(placing.kind).toBe('placed');
  const { lines } = await timed(listOptions(partner, optionFilterSchema.parse({})));
  expect(lines).toHaveLength(1);
  const [id = ''] = await timed(fileAndRun(partner, formFor(quick)));
  expect((await standing(id)).state).toBe('accepted');

  // Had one of them waited for a place, a connection or a transaction of the flood's, it would have waited out a whole deadline.
  expect(waiting).toBeGreaterThan(0);
  expect(Math.max(...took)).toBeLessThan(TEST_DEADLINE_MS);
  expect(new Set((await Promise.all(flood)).map(({ state }) => state))).toEqual(new Set(['unsent']));
  await slow.close();
}, 60_000);
