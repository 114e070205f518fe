import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makePromoter, makeStaff } from '@/lib/auth/testing';
import type { StaffActor } from '@/lib/core/scope';
import { seal, unseal } from '@/lib/core/seal';
import type { Database } from '@/lib/db/client';
import { promoter, webhookEvent } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { listEvents, webhookAddresses } from './queries';
import { replayEvent } from './replay-event';
import { rotateSecret } from './rotate-secret';
import { eventFilterSchema } from './schema';

// What wakes it is tested with the work itself: here the call is looked at before anybody takes it.
vi.mock('./process-events', () => ({ wakeProcessing: () => {} }));

let db: Database;
let ours: StaffActor;
let theirs: StaffActor;
let id: number;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  [ours, theirs] = [await makeStaff((await makePromoter()).id), await makeStaff((await makePromoter()).id)];
  for (const { promoter: owner } of [ours, theirs]) {
    await asSystem((tx) =>
      tx
        .update(promoter)
        .set({ webhookSecretSealed: seal('the first secret', owner) })
        .where(eq(promoter.id, owner)),
    );
  }
  const [made] = await asSystem((tx) =>
    tx
      .insert(webhookEvent)
      .values({
        ...{ promoterId: ours.promoter, event: 'option-placed', contentHash: 'x', lotExtcode: 'TDC-L105' },
        ...{ fields: { Third_Name: 'Renaud' }, state: 'quarantined', code: 'unknown-third' },
      })
      .returning(),
  );
  id = made?.id ?? 0;
});

const list = (actor: StaffActor, filter = {}) => listEvents(actor, eventFilterSchema.parse(filter));
const promoterOf = async ({ promoter: owner }: StaffActor) => {
  const [row] = await asSystem((tx) => tx.select().from(promoter).where(eq(promoter.id, owner)));
  if (!row) throw new Error('No promoter');
  return row;
};

it('shows Koban’s calls to their own promoter, searched and by state', async () => {
  expect(await list(ours)).toMatchObject({ total: 1, counts: { quarantined: 1 } });
  expect((await list(ours, { q: 'renaud' })).total).toBe(1);
  expect((await list(ours, { q: '%' })).total).toBe(0);
  expect((await list(ours, { state: 'processed' })).total).toBe(0);
  expect((await list(theirs)).total).toBe(0);
});

it('puts a call back to work, once, in the name of who asked', async () => {
  expect(await replayEvent(theirs, id)).toBe(false);
  expect((await list(ours)).lines[0]).toMatchObject({ state: 'quarantined', replayedBy: null });
  expect(await replayEvent(ours, id)).toBe(true);
  expect((await list(ours)).lines[0]).toMatchObject({ state: 'received', code: null, replayedBy: ours.name });
  expect(await replayEvent(ours, id)).toBe(false);
});

it('makes another secret, and keeps the one before for a while, for this promoter alone', async () => {
  await rotateSecret(ours);
  const { secret, oldUntil, addresses } = await webhookAddresses(ours);
  expect(secret).not.toBe('the first secret');
  expect(oldUntil?.getTime()).toBeGreaterThan(Date.now() + 47 * 3_600_000);
  const row = await promoterOf(ours);
  expect(unseal(row.webhookOldSealed ?? '', ours.promoter)).toBe('the first secret');
  expect(addresses.map(({ url }) => new URL(url).pathname)).toContain(
    `/api/webhooks/koban/${row.webhookToken}/option-check`,
  );
  expect(await webhookAddresses(theirs)).toMatchObject({ secret: 'the first secret', oldUntil: null });
});
