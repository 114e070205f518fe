import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import {
  denonciation,
  lotChange,
  operation,
  option,
  programme,
  reservation,
  stockSync,
} from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  closeProgramme,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { optionOf, record, setLot, teller } from '@/lib/notifications/testing';
import { readDashboard, visitBefore } from './queries';
import { touchVisit } from './touch-visit';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

const HOUR = 3_600_000;
let db: Database;
let office: Office;
let adviser: PartnerActor;
let manager: PartnerActor;
let stranger: PartnerActor;
let lots: string[];
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  adviser = await addPartner([office]);
  manager = await addPartner([office], { cabinet: adviser.cabinet, role: 'manager' });
  stranger = await addPartner([office]);
  lots = office.freeLots;
  return () => office.close();
});
afterAll(() => db.close());

const everything = () => [
  { promoterId: office.promoter, allProgrammes: true, programmes: new Set<string>() },
];
const read = (actor: PartnerActor, since: Date | null = null, opened = everything()) =>
  readDashboard(actor, { opened, since, now: new Date() });

it('shows what needs the person today, and to nobody of another cabinet', async () => {
  const soon = await optionOf(adviser, office, lots[0] ?? '', {
    expiresAt: new Date(Date.now() + 5 * HOUR),
    code: 'rank-unproven',
  });
  await optionOf(adviser, office, lots[1] ?? '', { expiresAt: new Date(Date.now() + 30 * HOUR) });
  const moved = await optionOf(adviser, office, lots[2] ?? '');
  await record(teller(office), adviser, office, {
    action: 'option.rank-moved',
    id: moved,
    facts: { rank: 1 },
  });
  await record(teller(office), adviser, office, {
    action: 'option.rank-moved',
    id: moved,
    facts: { rank: 1 },
  });
  const doubtful = await optionOf(adviser, office, lots[3] ?? '', { state: 'uncertain' });
  await asSystem(async (tx) => {
    const [row] = await tx.select().from(option).where(eq(option.id, doubtful));
    await tx
      .update(operation)
      .set({ state: 'uncertain', uncertainAt: new Date() })
      .where(eq(operation.id, row?.operationId ?? ''));
  });
  const lost = await acceptedDenonciation(adviser, office);
  await asSystem((tx) =>
    tx
      .update(denonciation)
      .set({ state: 'refused', code: 'already-denounced' })
      .where(eq(denonciation.id, lost)),
  );
  for (const actor of [adviser, manager]) {
    const { today } = await read(actor);
    expect(today.expiring.lines).toMatchObject([{ id: soon, rank: null, expiryFromKoban: false }]);
    expect(today.moved.lines.map(({ id, rank }) => [id, rank])).toEqual([[moved, 1]]);
    expect(today.uncertain.lines).toMatchObject([
      { act: 'option', extcode: lots[3], prospect: expect.any(String) },
    ]);
    expect(today.lost.lines.map(({ id, state }) => [id, state])).toEqual([[lost, 'refused']]);
  }
  const theirs = await read(stranger);
  const none = { lines: [], total: 0 };
  expect(theirs.today).toEqual({ expiring: none, uncertain: none, lost: none, moved: none });
  expect(theirs.progress).toEqual([]);
});

it('counts every line of a list that is longer than the card, the latest moves first', async () => {
  const ends = new Date(Date.now() + 5 * HOUR);
  for (let place = 0; place < 10; place++) {
    const id = await optionOf(adviser, office, lots[0] ?? '', { expiresAt: ends, rank: place + 1 });
    await record(teller(office), adviser, office, { action: 'option.rank-moved', id, facts: { rank: 1 } });
  }
  const filed = await Promise.all(Array.from({ length: 10 }, () => acceptedDenonciation(adviser, office)));
  await asSystem((tx) =>
    tx.update(denonciation).set({ state: 'refused' }).where(inArray(denonciation.id, filed)),
  );
  const { today } = await read(adviser);
  expect(today.moved.lines.map(({ rank }) => rank)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  expect([today.moved.total, today.expiring.total, today.lost.total]).toEqual([10, 10, 10]);
  expect([today.expiring.lines.length, today.lost.lines.length]).toEqual([8, 8]);
});

it('names the prospect of a change of an option whose result is unknown', async () => {
  const id = await optionOf(adviser, office, lots[0] ?? '');
  await asSystem((tx) =>
    tx.insert(operation).values({
      ...{ promoterId: office.promoter, cabinetId: adviser.cabinet, accountId: adviser.account },
      ...{ kind: 'annulation', kobanAccount: office.slug, formKey: randomUUID(), requestHash: 'x' },
      ...{ programmeCode: office.programmes[0] ?? '', lotExtcode: lots[0] ?? '', state: 'uncertain' },
      ...{ phase: 'cancel', data: { optionId: id }, uncertainAt: new Date() },
    }),
  );
  const { uncertain, expiring } = (await read(adviser)).today;
  expect(expiring.total).toBe(0);
  expect(uncertain).toMatchObject({
    lines: [{ act: 'option', extcode: lots[0], prospect: expect.any(String) }],
    total: 1,
  });
});

it('counts the person’s acts, and the cabinet’s for a manager', async () => {
  // Placed now: an hour ago may be the month before.
  await optionOf(adviser, office, lots[0] ?? '', { placedAt: new Date() });
  await optionOf(adviser, office, lots[1] ?? '', { state: 'refused' });
  await optionOf(manager, office, lots[2] ?? '', { placedAt: new Date(Date.now() - 400 * 24 * HOUR) });
  expect((await read(adviser)).figures).toEqual({
    denonciations: { month: 2, year: 2 },
    options: { month: 1, year: 1 },
    reservations: { month: 0, year: 0 },
  });
  expect((await read(manager)).figures).toMatchObject({
    denonciations: { month: 3, year: 3 },
    options: { month: 1, year: 1 },
  });
});

it('shows how far each prospect has come', async () => {
  const denounced = await acceptedDenonciation(adviser, office);
  const held = await optionOf(adviser, office, lots[0] ?? '');
  const over = await optionOf(adviser, office, lots[1] ?? '', { state: 'expired' });
  const files: Record<string, string> = {};
  for (const state of ['preresv', 'validated'] as const) {
    const id = await optionOf(adviser, office, lots[2] ?? '', { state: 'used' });
    const [row] = await asSystem((tx) => tx.select().from(option).where(eq(option.id, id)));
    if (!row) throw new Error('No option');
    files[state] = row.denonciationId;
    await asSystem((tx) =>
      tx.insert(reservation).values({
        ...{ promoterId: office.promoter, cabinetId: adviser.cabinet, accountId: adviser.account },
        ...{
          reference: randomUUID().slice(0, 10),
          denonciationId: row.denonciationId,
          prospectId: row.prospectId,
        },
        ...{
          programmeCode: row.programmeCode,
          lotExtcode: row.lotExtcode,
          state,
          priceCents: 1,
          depositCents: 1,
        },
        ...{ file: {}, preresvAt: new Date() },
      }),
    );
  }
  const of = async (id: string) =>
    (await asSystem((tx) => tx.select().from(option).where(eq(option.id, id))))[0]?.denonciationId;
  const dashboard = await read(adviser);
  expect(new Map(dashboard.progress.map(({ denonciation: id, stage }) => [id, stage]))).toEqual(
    new Map([
      [files.validated, 'validated'],
      [files.preresv, 'preresv'],
      [await of(over), 'denounced'],
      [await of(held), 'option'],
      [denounced, 'denounced'],
    ]),
  );
  expect(dashboard.figures.reservations).toEqual({ month: 2, year: 2 });
});

it('shows whoever holds a lot before prospects denounced since', async () => {
  const held = await optionOf(adviser, office, lots[0] ?? '');
  for (let later = 0; later < 9; later++) await acceptedDenonciation(adviser, office);
  const { progress } = await read(adviser);
  const [row] = await asSystem((tx) => tx.select().from(option).where(eq(option.id, held)));
  expect(progress).toHaveLength(8);
  expect(progress[0]).toMatchObject({ denonciation: row?.denonciationId, stage: 'option' });
});

describe('since the last visit', () => {
  const since = new Date(Date.now() - 24 * HOUR);
  const price = (extcode: string, before: string, after: string, ageHours: number) =>
    asSystem((tx) =>
      tx.insert(lotChange).values({
        ...{ promoterId: office.promoter, extcode, programmeCode: office.programmes[0] ?? '', kind: 'price' },
        ...{ before, after, at: new Date(Date.now() - ageHours * HOUR) },
      }),
    );

  it('shows new prices, from what they were to what they are', async () => {
    const [one = '', two = '', three = ''] = lots;
    await setLot(office, one, { priceCents: 33_000_000 });
    await price(one, '30000000', '31000000', 3);
    await price(one, '31000000', '33000000', 2);
    // Before the visit; and one that came back to what it was.
    await setLot(office, two, { priceCents: 2 });
    await price(two, '1', '2', 30);
    await setLot(office, three, { priceCents: 5 });
    await price(three, '5', '6', 3);
    await price(three, '6', '5', 2);
    const { news } = await read(adviser, since);
    expect(news).toMatchObject({
      since,
      morePrices: 0,
      prices: [{ extcode: one, before: 30_000_000, after: 33_000_000 }],
    });
    expect((await read(adviser, null)).news).toEqual({
      since: null,
      programmes: [],
      prices: [],
      morePrices: 0,
    });
    const elsewhere = [
      { ...everything()[0], promoterId: office.promoter, allProgrammes: false, programmes: new Set(['NO']) },
    ];
    expect((await read(adviser, since, elsewhere)).news.prices).toEqual([]);
  });

  it('shows programmes that came after the first pull of all', async () => {
    await asSystem((tx) =>
      tx
        .insert(stockSync)
        .values({ promoterId: office.promoter, fullDoneAt: new Date(Date.now() - 2 * HOUR) }),
    );
    const [old = '', fresh = ''] = office.programmes;
    const where = (code: string) => and(eq(programme.promoterId, office.promoter), eq(programme.code, code));
    await asSystem(async (tx) => {
      await tx.update(programme).set({ firstSeenAt: sql`now() - interval '3 hours'` }).where(where(old));
      await tx.update(programme).set({ firstSeenAt: sql`now() - interval '1 hour'` }).where(where(fresh));
    });
    expect((await read(adviser, since)).news.programmes.map(({ code }) => code)).toEqual([fresh]);
  });

  it.each(['inactive', 'withdrawn'] as const)('tells no news of a programme that is %s', async (how) => {
    const [one = ''] = lots;
    await setLot(office, one, { priceCents: 33_000_000 });
    await price(one, '30000000', '33000000', 2);
    const fullDoneAt = new Date(Date.now() - 2 * HOUR);
    const mine = eq(programme.promoterId, office.promoter);
    await asSystem(async (tx) => {
      await tx.insert(stockSync).values({ promoterId: office.promoter, fullDoneAt });
      await tx.update(programme).set({ firstSeenAt: sql`now() - interval '1 hour'` }).where(mine);
    });
    const codes = async () => (await read(adviser, since)).news.programmes.map(({ code }) => code).sort();
    expect(await codes()).toEqual([...office.programmes].sort());
    expect((await read(adviser, since)).news.prices).toHaveLength(1);
    await closeProgramme(office, how);
    expect(await codes()).toEqual(office.programmes.slice(1));
    expect((await read(adviser, since)).news.prices).toEqual([]);
  });

  it('a visit ends after half an hour of silence', async () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 9, minutes));
    expect(await visitBefore(adviser, at(0))).toBeNull();
    for (const minute of [0, 20, 49]) await touchVisit(adviser, at(minute));
    expect(await visitBefore(adviser, at(79))).toBeNull();
    // Back after a silence: the visit before ended at its last sign, noted already or not.
    expect(await visitBefore(adviser, at(90))).toEqual(at(49));
    await touchVisit(adviser, at(90));
    expect(await visitBefore(adviser, at(90))).toEqual(at(49));
    await touchVisit(adviser, at(100));
    expect(await visitBefore(adviser, at(110))).toEqual(at(49));
    await touchVisit(adviser, at(131));
    expect(await visitBefore(adviser, at(131))).toEqual(at(100));
    expect(await visitBefore(stranger, at(131))).toBeNull();
  });
});
