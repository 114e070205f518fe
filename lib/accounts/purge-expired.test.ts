import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAccount, makeCabinet } from '@/lib/auth/testing';
import { fixedClock } from '@/lib/core/clock';
import type { Database } from '@/lib/db/client';
import { formDraft } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { purgeExpired } from './purge-expired';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

it('forgets a draft untouched for thirty days, with the prospect it names', async () => {
  const { id: accountId } = await makeAccount({ role: 'adviser', cabinetId: await makeCabinet() });
  const days = (count: number) => new Date(Date.UTC(2026, 10, 1 + count));
  const values = { lastName: 'Lefèvre' };
  await asSystem((tx) =>
    tx.insert(formDraft).values({ accountId, form: 'denonciation', values, savedAt: days(0) }),
  );
  const kept = async () => (await asSystem((tx) => tx.select().from(formDraft))).length;
  await purgeExpired(fixedClock(days(29)));
  expect(await kept()).toBe(1);
  await purgeExpired(fixedClock(days(31)));
  expect(await kept()).toBe(0);
});
