import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { type Database, rowsOf, setDatabase } from '@/lib/db/client';
import { lot, operation, stockSync } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { placeOption } from '@/lib/options/place-option';
import { checkOption, rankOf } from './check-option';
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
const change = (values: Partial<typeof lot.$inferInsert>) =>
  asSystem((tx) =>
    tx
      .update(lot)
      .set(values)
      .where(and(eq(lot.promoterId, office.promoter), eq(lot.extcode, extcode))),
  );

describe('may an option be placed?', () => {
  it('gives the next rank by the mirror, and no where there is none', async () => {
    expect(await ask()).toEqual({ status: true, rank: 1 });
    await change({ statusCode: 'OPTION', optionRank: 1 });
    expect(await ask()).toEqual({ status: true, rank: 2 });
    await change({ optionRank: 2 });
    expect(await ask()).toEqual({ status: false });
    await change({ statusCode: 'RESV', optionRank: null });
    expect(await ask()).toEqual({ status: false });
    await change({ statusCode: 'LIBRE', withdrawnAt: new Date() });
    expect(await ask()).toEqual({ status: false });
    expect(await ask('NO-SUCH-LOT')).toEqual({ status: false });
  });

  it.each([
    [
      { status: 'LIBRE', result: null, rank: null },
      { status: true, rank: 1 },
    ],
    // Ours was placed a moment ago, and the status has not come yet.
    [
      { status: 'LIBRE', result: null, rank: 1 },
      { status: true, rank: 2 },
    ],
    [{ status: 'OPTION', result: null, rank: null }, { status: true }],
    [
      { status: 'OPTION', result: null, rank: 0 },
      { status: true, rank: 1 },
    ],
    [{ status: 'LIBRE', result: 'WON', rank: 0 }, { status: false }],
    [{ status: 'PRERESV', result: null, rank: 0 }, { status: false }],
    [{ status: 'PARTENAIRE', result: null, rank: 0 }, { status: false }],
  ])('%o is %o', (row, answer) => expect(rankOf(row)).toEqual(answer));

  it('says no while an act of ours is under way or unknown on the lot, and only on that lot', async () => {
    const partner = await addPartner([office]);
    const denonciationId = await acceptedDenonciation(partner, office);
    office.fault({ method: 'ncOption/Add', mode: 'reset-after' });
    const { placing } = await placeOption(partner, {
      formKey: crypto.randomUUID(),
      lot: { promoter: office.slug, extcode },
      denonciationId,
      confirmedRank: 1,
    });
    expect(placing.kind).toBe('uncertain');
    expect(await ask()).toEqual({ status: false });
    expect(await ask(office.freeLots[1])).toEqual({ status: true, rank: 1 });
    const under = eq(operation.lotExtcode, extcode);
    await asSystem((tx) => tx.update(operation).set({ state: 'open' }).where(under));
    expect(await ask()).toEqual({ status: false });
    await asSystem((tx) => tx.update(operation).set({ state: 'refused' }).where(under));
    expect(await ask()).toEqual({ status: true, rank: 1 });
  });

  it('says no when the mirror is too old to know', async () => {
    const lastSeenAt = new Date(Date.now() - 601_000);
    await asSystem((tx) =>
      tx.update(stockSync).set({ lastSeenAt }).where(eq(stockSync.promoterId, office.promoter)),
    );
    expect(await ask()).toEqual({ status: false });
  });

  it('says no within 300 ms when the database hangs or is away', async () => {
    const actor = mintSystem('webhook', office.promoter, 'Koban');
    for (const answer of [() => new Promise<never>(() => {}), () => Promise.reject(new Error('away'))]) {
      setDatabase({ ...db, orm: new Proxy(db.orm, { get: () => answer }) });
      const start = performance.now();
      expect(await checkOption(actor, extcode)).toEqual({ status: false });
      expect(performance.now() - start).toBeLessThan(300);
      setDatabase(db);
    }
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
