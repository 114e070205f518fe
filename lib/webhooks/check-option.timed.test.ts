import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import { type Database, rowsOf, setDatabase } from '@/lib/db/client';
import { type lot, operation, stockSync } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { changeLot } from '@/lib/live/testing';
import { placeOption } from '@/lib/options/place-option';
import { rankOf } from './check-option';
import { forgetDoors } from './know-caller';
import { call, openDoor } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let extcode: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  await openDoor(office);
  extcode = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(() => db.close());

const ask = async (code = extcode) =>
  (await call(office, 'option-check', { query: `?extcode=${code}` })).json();
/** What it says within moments: it may answer from what it knew a moment ago. */
const told = (code?: string) => expect.poll(() => ask(code), { timeout: 10_000 });

const hanging = () => new Promise<never>(() => {});
const failing = () => Promise.reject(new Error('away'));

/** Asks while every query ends so. */
async function askWith(query: () => Promise<never>, code = extcode) {
  setDatabase({ ...db, orm: new Proxy(db.orm, { get: () => query }) });
  const start = performance.now();
  const answer = await ask(code).finally(() => setDatabase(db));
  return { answer, ms: performance.now() - start };
}

const change = (values: Partial<typeof lot.$inferInsert>) => changeLot(office.promoter, extcode, values);

/** A partner's act on a lot, its result unknown. */
async function hold(code: string): Promise<void> {
  const partner = await addPartner([office]);
  const denonciationId = await acceptedDenonciation(partner, office);
  office.fault({ method: 'ncOption/Add', mode: 'reset-after' });
  const { placing } = await placeOption(partner, {
    formKey: crypto.randomUUID(),
    lot: { promoter: office.slug, extcode: code },
    denonciationId,
    confirmedRank: 1,
  });
  expect(placing.kind).toBe('uncertain');
}

describe('may an option be placed?', () => {
  it('gives the next rank by the mirror, and no where there is none', async () => {
    await told().toEqual({ status: true, rank: 1 });
    await change({ statusCode: 'OPTION', optionRank: 1, optionSeenAt: new Date() });
    await told().toEqual({ status: true, rank: 2 });
    await change({ optionRank: 2 });
    await told().toEqual({ status: false });
    await change({ statusCode: 'RESV', optionRank: null });
    await told().toEqual({ status: false });
    await change({ statusCode: 'LIBRE', withdrawnAt: new Date() });
    await told().toEqual({ status: false });
    await told('NO-SUCH-LOT').toEqual({ status: false });
  });

  it('no longer says no to a full lot from the half hour at which its rank 1 ends', async () => {
    const full = { statusCode: 'OPTION', optionRank: 2, optionSeenAt: new Date() };
    await change({ ...full, rank1EndsAt: new Date(Date.now() + 3_600_000) });
    await told().toEqual({ status: false });
    await change({ ...full, rank1EndsAt: new Date(Date.now() - 3_600_000) });
    await told().toEqual({ status: true });
  });

  const minutes = (count: number) => Date.UTC(2026, 2, 2, 10) + count * 60_000;
  const [any, first, second] = [{ status: true }, { status: true, rank: 1 }, { status: true, rank: 2 }];
  const no = { status: false };
  it.each([
    [{ status: 'LIBRE' }, 0, first],
    // Ours was placed a moment ago, and the status has not come yet.
    [{ status: 'LIBRE', rank: 1 }, 9, second],
    [{ status: 'LIBRE', rank: 2 }, 9, no],
    [{ status: 'LIBRE', rank: 1 }, 10, first],
    [{ status: 'OPTION' }, 0, any],
    [{ status: 'OPTION', rank: 0 }, 9, first],
    [{ status: 'OPTION', rank: 0 }, 10, any],
    [{ status: 'OPTION', rank: 1 }, 9, second],
    [{ status: 'OPTION', rank: 1 }, 10, any],
    [{ status: 'OPTION', rank: 2 }, 9, no],
    [{ status: 'OPTION', rank: 2 }, 10, any],
    // Where it is known when rank 1 ends, until then; but for a full lot, that may be asked about again after ten minutes.
    [{ status: 'OPTION', rank: 1, rank1EndsAt: minutes(55) }, 59, second],
    [{ status: 'OPTION', rank: 1, rank1EndsAt: minutes(55) }, 60, any],
    [{ status: 'OPTION', rank: 2, rank1EndsAt: minutes(5) }, 9, no],
    [{ status: 'OPTION', rank: 2, rank1EndsAt: minutes(55) }, 10, any],
    [{ status: 'OPTION', rank: 2, rank1EndsAt: minutes(-1) }, 0, any],
    [{ status: 'LIBRE', result: 'WON', rank: 0 }, 0, no],
    [{ status: 'PRERESV', rank: 0 }, 0, no],
    [{ status: 'PARTENAIRE', rank: 0 }, 0, no],
  ] as const)('%o read %i minutes ago is %o', (row, later, answer) => {
    const lot = { result: null, rank: null, rank1EndsAt: null, seenAt: minutes(0), ...row };
    expect(rankOf(lot, new Date(minutes(later)))).toEqual(answer);
  });

  it('says no while an act of ours is under way or unknown on the lot, and only on that lot', async () => {
    await hold(extcode);
    await told().toEqual({ status: false });
    await told(office.freeLots[1]).toEqual({ status: true, rank: 1 });
    // As another process does it: nothing tells this one.
    const under = eq(operation.lotExtcode, extcode);
    await asSystem((tx) => tx.update(operation).set({ state: 'open' }).where(under));
    await told().toEqual({ status: false });
    await asSystem((tx) => tx.update(operation).set({ state: 'refused' }).where(under));
    await told().toEqual({ status: true, rank: 1 });
  });

  it('says no when the mirror is too old to know', async () => {
    const lastSeenAt = new Date(Date.now() - 601_000);
    await asSystem((tx) =>
      tx.update(stockSync).set({ lastSeenAt }).where(eq(stockSync.promoterId, office.promoter)),
    );
    await told().toEqual({ status: false });
  });

  it('says no within 300 ms when the database hangs or is away, and nothing is known yet', async () => {
    for (const away of [hanging, failing]) {
      forgetDoors();
      const { answer, ms } = await askWith(away);
      expect(answer).toEqual({ status: false });
      expect(ms).toBeLessThan(300);
    }
  });

  it('answers from memory while the database is busy, for a second and no longer', async () => {
    const held = office.freeLots[1] ?? '';
    await hold(held);
    await told().toEqual({ status: true, rank: 1 });
    await told(held).toEqual({ status: false });
    const provenBy = performance.now();
    const { answer, ms } = await askWith(hanging);
    expect(answer).toEqual({ status: true, rank: 1 });
    expect(ms).toBeLessThan(100);
    expect((await askWith(hanging, held)).answer).toEqual({ status: false });
    await expect.poll(async () => (await askWith(hanging)).answer).toEqual({ status: false });
    expect(performance.now() - provenBy).toBeGreaterThan(900);
    expect(performance.now() - provenBy).toBeLessThan(2_000);
    // The reading that hangs is given up, and the next one finds the database.
    await expect.poll(() => ask(), { timeout: 5_000 }).toEqual({ status: true, rank: 1 });
  });

  it('says no as soon as the database has refused', async () => {
    await told().toEqual({ status: true, rank: 1 });
    const provenBy = performance.now();
    await askWith(failing);
    await expect
      .poll(async () => (await askWith(failing)).answer, { interval: 1 })
      .toEqual({ status: false });
    expect(performance.now() - provenBy).toBeLessThan(900);
    await told().toEqual({ status: true, rank: 1 });
  });

  it('writes nothing', async () => {
    const counted = () =>
      asSystem((tx) =>
        rowsOf(
          tx,
          sql`select (select count(*) from webhook_event) as events, (select count(*) from audit) as entries,
            (select max(version) from lot) as version, (select stock_version from promoter where id = ${office.promoter}) as stock`,
        ),
      );
    const before = await counted();
    for (let n = 0; n < 20; n += 1) await ask();
    expect(await counted()).toEqual(before);
  });
});
