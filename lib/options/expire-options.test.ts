import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot, webhookEvent } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, forgetActs, type Office, openOffice, testKoban } from '@/lib/denonciations/testing';
import { cancelOption as cancelInSandbox, prolongOption as prolongInSandbox } from '@/sandbox/core/options';
import { cancelOption } from './cancel-option';
import { expireOptions } from './expire-options';
import { prolongOption } from './prolong-option';
import { refreshLot } from './refresh-lot';
import { expiry, hear, kobanPast, optionOf, placed, resumeAll, rivalTakes, scene, told } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
let db: Database;
let office: Office;
let partner: PartnerActor;
let extcode: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  kobanPast(office, 10);
  partner = await addPartner([office]);
  extcode = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(() => db.close());

const plus = (date: Date, seconds: number) => new Date(date.getTime() + seconds * SECOND_MS);
const sweep = (at?: Date) => expireOptions(expiry(office), at);
/** Koban's clock stands at this instant; what ends there has ended. */
function kobanAt(instant: Date): void {
  office.sandbox.clock.set(instant.getTime(), true);
  office.sandbox.sweep();
}
const readings = () => office.calls('ncOption/GetLotStatus');
const endsOf = async (id: string) =>
  (await told(id)).map(({ action }) => action).filter((action) => !/placed|asked/.test(action));

describe('an option at its half hour', () => {
  it('is only expected to end until Koban shows it, and then has: once', async () => {
    const id = await placed(partner, office, extcode);
    const { expiresAt } = await optionOf(id);
    const before = readings();
    expect(await sweep(plus(expiresAt, -1))).toBe(0);
    expect(readings()).toBe(before);
    // Its half hour has come here; Koban has not let it go yet.
    expect(await sweep(expiresAt)).toBe(0);
    expect(readings()).toBe(before + 1);
    expect(await optionOf(id)).toMatchObject({ state: 'placed', endedAt: null });
    expect(await sweep(plus(expiresAt, 4))).toBe(0);
    expect(readings()).toBe(before + 1);
    kobanAt(plus(expiresAt, 5));
    expect(await sweep(plus(expiresAt, 5))).toBe(1);
    expect(await optionOf(id)).toMatchObject({
      state: 'expired',
      endedBy: 'koban',
      code: null,
      endedAt: plus(expiresAt, 5),
    });
    const until = expiresAt.toISOString();
    expect((await told(id)).at(-1)).toEqual({
      action: 'expired',
      facts: { lot: extcode, rank: 1, code: null, until },
    });
    expect(await sweep(plus(expiresAt, 600))).toBe(0);
    expect(readings()).toBe(before + 2);
    const [mirror] = await asSystem((tx) =>
      tx
        .select({ rank: lot.optionRank })
        .from(lot)
        .where(and(eq(lot.promoterId, office.promoter), eq(lot.extcode, extcode))),
    );
    expect(mirror?.rank).toBe(0);
  });

  it("goes by Koban's clock: ours is 90 s slow, or fast, and nothing is told too soon", async () => {
    const id = await placed(partner, office, extcode);
    const { expiresAt } = await optionOf(id);
    office.sandbox.clock.set(expiresAt.getTime() + 90 * SECOND_MS);
    office.sandbox.sweep();
    await hear(office);
    // No instant is injected: this process's clock says days before, Koban's says it is time.
    expect(await sweep()).toBe(1);
    expect((await optionOf(id)).state).toBe('expired');

    kobanPast(office, 10);
    const other = await placed(partner, office, office.freeLots[1] ?? '');
    const end = (await optionOf(other)).expiresAt;
    kobanAt(plus(end, -90));
    // Here it is the half hour already; in Koban it is not.
    expect(await sweep(end)).toBe(0);
    expect((await optionOf(other)).state).toBe('placed');
    kobanAt(end);
    expect(await sweep(plus(end, 90))).toBe(1);
  });

  it('is caught up after a sleep across several half hours, every one of them once', async () => {
    const ids = [await placed(partner, office, extcode)];
    for (const [place, hours] of [
      [1, 1],
      [2, 26],
    ] as const) {
      const id = await placed(partner, office, office.freeLots[place] ?? '');
      const until = new Date((await optionOf(id)).expiresAt.getTime() + hours * HOUR_MS);
      const done = await prolongOption(partner, { formKey: randomUUID(), id, rank: 1, until });
      expect(done.changing.kind).toBe('done');
      ids.push(id);
    }
    const last = await optionOf(ids[2] ?? '');
    const woken = plus(last.expiresAt, 7_200);
    kobanAt(woken);
    const both = await Promise.all([sweep(woken), sweep(woken)]);
    expect(both[0] + both[1]).toBe(3);
    for (const id of ids) {
      expect((await optionOf(id)).state).toBe('expired');
      expect((await endsOf(id)).filter((action) => action === 'expired')).toHaveLength(1);
    }
  });

  it('is asked for again and again while Koban does not answer, less and less often', async () => {
    const id = await placed(partner, office, extcode);
    const { expiresAt } = await optionOf(id);
    kobanAt(plus(expiresAt, 1));
    const before = readings();
    office.fault({ method: 'ncOption/GetLotStatus', mode: 'drop-before', remaining: null });
    let asked = 0;
    for (const seconds of [1, 3, 6, 16, 20, 36, 96, 216, 400, 516]) {
      await sweep(plus(expiresAt, seconds));
      asked = readings() - before;
    }
    // At 1, 6, 16, 36, 96, 216 and 516 seconds.
    expect(asked).toBe(7);
    expect((await optionOf(id)).state).toBe('placed');
    office.sandbox.state.faults.clear();
    expect(await sweep(plus(expiresAt, 900))).toBe(1);
    expect((await optionOf(id)).state).toBe('expired');
  });

  it('takes the later end that the promoter gave it, and then ends there', async () => {
    const id = await placed(partner, office, extcode);
    const { expiresAt } = await optionOf(id);
    const later = new Date(expiresAt.getTime() + 24 * HOUR_MS);
    prolongInSandbox(scene(office), extcode, 1, later.getTime() - 600_000);
    kobanAt(plus(expiresAt, 1));
    expect(await sweep(plus(expiresAt, 1))).toBe(1);
    expect(await optionOf(id)).toMatchObject({
      state: 'placed',
      expiresAt: later,
      prolongedTo: later,
      expiryFromKoban: true,
    });
    expect(await endsOf(id)).toEqual(['prolonged']);
    kobanAt(later);
    expect(await sweep(later)).toBe(1);
    expect((await optionOf(id)).state).toBe('expired');
  });

  it('does not take a rival who placed at that very moment for itself', async () => {
    const id = await placed(partner, office, extcode);
    const { expiresAt } = await optionOf(id);
    kobanAt(plus(expiresAt, 2));
    rivalTakes(office, extcode, expiresAt.getTime() + 2_000);
    expect(await sweep(plus(expiresAt, 4))).toBe(1);
    expect(await optionOf(id)).toMatchObject({ state: 'expired', endedBy: 'koban' });
  });

  it('says that nothing proves how it ended, when a cancellation of ours never had an answer', async () => {
    const id = await placed(partner, office, extcode);
    office.fault({ method: 'ncOption/Undo', mode: 'hang-before' });
    const { changing } = await cancelOption(partner, {
      formKey: randomUUID(),
      id,
      rank: 1,
      reason: 'Retrait',
    });
    expect(changing.kind).toBe('uncertain');
    const { expiresAt } = await optionOf(id);
    kobanAt(plus(expiresAt, 1));
    expect(await sweep(plus(expiresAt, 1))).toBe(1);
    expect(await optionOf(id)).toMatchObject({
      state: 'expired',
      endedBy: 'unproven',
      code: 'ended-unproven',
    });
    await resumeAll(plus(expiresAt, 120));
    expect(await optionOf(id)).toMatchObject({ state: 'expired' });
  });

  it('finds the prolongation that was asked for without an answer', async () => {
    const id = await placed(partner, office, extcode);
    const { expiresAt } = await optionOf(id);
    const until = new Date(expiresAt.getTime() + 48 * HOUR_MS);
    office.fault({ method: 'ncOption/Prolong', mode: 'reset-after' });
    await prolongOption(partner, { formKey: randomUUID(), id, rank: 1, until });
    kobanAt(plus(expiresAt, 1));
    expect(await sweep(plus(expiresAt, 1))).toBe(1);
    expect(await optionOf(id)).toMatchObject({ state: 'placed', expiresAt: until, prolongedTo: until });
    await resumeAll(plus(expiresAt, 120));
    expect(await optionOf(id)).toMatchObject({ state: 'placed', expiresAt: until, code: null });
  });
});

describe('when rank 1 falls', () => {
  it('rank 2 moves up, is told at once, and ends at its own half hour', async () => {
    const other = await addPartner([office]);
    const ahead = await placed(other, office, extcode);
    const waits = await optionOf(ahead);
    // Half an hour later in Koban: the two do not end together.
    const id = await placed(partner, office, extcode, 2);
    const behind = office.koban.lot(extcode)?.options.find(({ rank }) => rank === 2);
    if (behind) behind.expiresAt += HOUR_MS;
    await asSystem((tx) =>
      tx.execute(`update "option" set expires_at = expires_at + interval '1 hour' where id = '${id}'`),
    );
    const end = (await optionOf(id)).expiresAt;
    const done = await cancelOption(other, { formKey: randomUUID(), id: ahead, rank: 1, reason: 'Retrait' });
    expect(done.changing.kind).toBe('done');
    await refreshLot(expiry(office), office.promoter, extcode);
    expect(await sweep(new Date())).toBe(1);
    expect(await optionOf(id)).toMatchObject({
      state: 'placed',
      rank: 1,
      expiresAt: end,
      expiryFromKoban: true,
    });
    expect((await told(id)).at(-1)).toMatchObject({
      action: 'rank-moved',
      facts: { lot: extcode, rank: 1, until: end.toISOString() },
    });
    expect(waits.expiresAt < end).toBe(true);
    kobanAt(end);
    expect(await sweep(end)).toBe(1);
    expect((await optionOf(id)).state).toBe('expired');
  });

  it('by its expiry: one is expired, the other moves up, at the same sweep or the next', async () => {
    rivalTakes(office, extcode, Date.now() - 24 * HOUR_MS);
    const id = await placed(partner, office, extcode, 2);
    const first = new Date(office.koban.lot(extcode)?.options[0]?.expiresAt ?? 0);
    const boundary = new Date(Math.ceil(first.getTime() / 1_800_000) * 1_800_000);
    const before = readings();
    expect(await sweep(plus(boundary, -1))).toBe(0);
    expect(readings()).toBe(before);
    // Koban still shows both: asked again in a moment.
    expect(await sweep(boundary)).toBe(0);
    kobanAt(boundary);
    expect(await sweep(plus(boundary, 6))).toBe(1);
    expect(await optionOf(id)).toMatchObject({ state: 'placed', rank: 1 });
    expect(await endsOf(id)).toEqual(['rank-moved']);
  });

  it('and rank 2 is the one that was cancelled: it has ended, by somebody', async () => {
    rivalTakes(office, extcode, Date.now() - 24 * HOUR_MS);
    const id = await placed(partner, office, extcode, 2);
    cancelInSandbox(scene(office), extcode, 2);
    await refreshLot(expiry(office), office.promoter, extcode);
    expect(await sweep(new Date())).toBe(1);
    expect(await optionOf(id)).toMatchObject({ state: 'cancelled', endedBy: 'unproven', rank: 2 });
  });
});

it("an option that the promoter's desk cancelled is found gone as soon as the mirror shows the lot free", async () => {
  const id = await placed(partner, office, extcode);
  cancelInSandbox(scene(office), extcode, 1);
  expect(await sweep(new Date())).toBe(0);
  await refreshLot(expiry(office), office.promoter, extcode);
  expect(await sweep(new Date())).toBe(1);
  expect(await optionOf(id)).toMatchObject({ state: 'cancelled', endedBy: 'unproven' });
  expect((await told(id)).at(-1)).toMatchObject({ action: 'cancelled', facts: { code: 'ended-unproven' } });
});

it('a later end is not ours when Koban told that ours had expired', async () => {
  const id = await placed(partner, office, extcode);
  const { expiresAt } = await optionOf(id);
  const thirdGuid = office.koban.lot(extcode)?.options[0]?.thirdGuid ?? '';
  kobanAt(plus(expiresAt, 1));
  rivalTakes(office, extcode, expiresAt.getTime() - 20 * HOUR_MS);
  await asSystem((tx) =>
    tx.insert(webhookEvent).values({
      ...{
        promoterId: office.promoter,
        event: 'option-expired',
        contentHash: randomUUID(),
        state: 'received',
      },
      fields: { Deal_Extcode: extcode, Third_Guid: thirdGuid },
      lotExtcode: extcode,
    }),
  );
  expect(await sweep(plus(expiresAt, 1))).toBe(1);
  expect(await optionOf(id)).toMatchObject({ state: 'expired', endedBy: 'koban' });
});
