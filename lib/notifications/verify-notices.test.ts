import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fixedClock } from '@/lib/core/clock';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { account, convention, lotChange, mail, reservation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, type Office, openOffice, testKoban } from '@/lib/denonciations/testing';
import { type Post, sendDueMail } from '@/lib/mail/send-due-mail';
import { notifyPromoter } from './notify-promoter';
import { remindExpiries } from './remind-expiries';
import { optionOf, record, reservationOf, setLot, setOption, teller, toldTo } from './testing';
import { verifyNotice } from './verify-notices';
import { watchLot } from './watch-lot';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

const HOUR = 3_600_000;
let db: Database;
let office: Office;
let adviser: PartnerActor;
let lot: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  adviser = await addPartner([office]);
  lot = office.freeLots[0] ?? '';
  await tell();
  return () => office.close();
});
afterAll(() => db.close());

const tell = () => notifyPromoter(teller(office));
const stands = (notice: number, now: Date) => verifyNotice(notice, () => teller(office), now);
/** Whether the last thing that the adviser was told still stands. */
const lastStands = async (now = new Date()) => stands((await toldTo(adviser)).at(-1)?.id ?? 0, now);
/** The adviser’s mail, as it would wait with a mail server. */
const queued = () =>
  asSystem((tx) =>
    tx
      .update(mail)
      .set({ state: 'queued', nextAttemptAt: sql`now() - interval '1 day'` })
      .where(eq(mail.recipient, `${adviser.account}@exemple.fr`)),
  );
const mails = () =>
  asSystem((tx) =>
    tx
      .select()
      .from(mail)
      .where(eq(mail.recipient, `${adviser.account}@exemple.fr`)),
  );

describe('a reminder', () => {
  const refuse: Post = async () => {
    throw new Error('421 try again later');
  };
  const end = new Date(Math.ceil((Date.now() + 72 * HOUR) / 1_800_000) * 1_800_000);
  const clock = fixedClock(end);
  const posted: string[] = [];
  const take: Post = async ({ subject }) => posted.push(subject);
  let id: string;
  beforeEach(async () => {
    posted.length = 0;
    clock.set(new Date(end.getTime() - 1.9 * HOUR));
    id = await optionOf(adviser, office, lot, { expiresAt: end });
    expect(await remindExpiries(teller(office), clock)).toBe(1);
    await queued();
  });

  it('that a mail server refused leaves while it is so', async () => {
    await sendDueMail(stands, refuse, clock);
    clock.advance(HOUR);
    expect(await sendDueMail(stands, take, clock)).toBe(1);
    expect(posted).toEqual([expect.stringMatching(/moins de 2 heures$/)]);
  });

  it('that a mail server refused is dropped once the end has passed', async () => {
    await sendDueMail(stands, refuse, clock);
    expect(await mails()).toMatchObject([{ state: 'queued', attempts: 1 }]);
    clock.set(end);
    expect(await sendDueMail(stands, take, clock)).toBe(0);
    expect(posted).toEqual([]);
    expect(await mails()).toMatchObject([{ state: 'dropped', html: '', text: '' }]);
  });

  it.each([
    ['cancelled', { state: 'cancelled', endedBy: 'partner' }],
    ['put off', { expiresAt: new Date(end.getTime() + HOUR) }],
  ] as const)('of an option that was %s meanwhile is dropped', async (_, change) => {
    await setOption(id, { ...change });
    expect(await sendDueMail(stands, take, clock)).toBe(0);
    expect(posted).toEqual([]);
    expect(await mails()).toMatchObject([{ state: 'dropped' }]);
  });
});

describe('a notice', () => {
  const reserve = async (change: Parameters<typeof reservationOf>[3], action: string) => {
    const id = await reservationOf(adviser, office, lot, change);
    await record(teller(office), adviser, office, { action, id });
    await tell();
    return (state: 'withdrawn') =>
      asSystem((tx) => tx.update(reservation).set({ state }).where(eq(reservation.id, id)));
  };

  it.each([
    ['option.placed', {}, {}, { expiresAt: new Date(Date.now() + 90 * HOUR) }],
    ['option.placed', {}, {}, { rank: 2 }],
    ['option.placed', {}, { rank: 1, code: 'by-promoter' }, { state: 'cancelled' }],
    ['option.placed', {}, { rank: 1, code: 'by-promoter' }, { rank: 2 }],
    ['option.placed', {}, { rank: 1, code: 'restored' }, { state: 'expired' }],
    ['option.placed', {}, { code: 'restored' }, { expiresAt: new Date(Date.now() + 90 * HOUR) }],
    ['option.expired', { state: 'expired' }, {}, { state: 'placed' }],
    ['option.cancelled', { state: 'cancelled', endedBy: 'unproven' }, {}, { endedBy: 'partner' }],
    ['option.rank-moved', { rank: 1 }, { rank: 1 }, { state: 'expired' }],
    ['option.rank-moved', { rank: 2 }, { rank: 2 }, { rank: 1 }],
    ['option.prolonged', { prolongedTo: new Date() }, { proof: 'reading' }, { state: 'cancelled' }],
    ['option.prolongation-abandoned', {}, {}, { prolongedTo: new Date() }],
  ] as const)('of %s with %o, %o stands until %o', async (action, row, facts, change) => {
    const id = await optionOf(adviser, office, lot, { ...row });
    await record(teller(office), adviser, office, { action, id, facts });
    await tell();
    expect(await lastStands()).toBe(true);
    await setOption(id, { ...change });
    expect(await lastStands()).toBe(false);
  });

  it('of an option that named no rank, unproven as it was, stands once Koban has shown it', async () => {
    const id = await optionOf(adviser, office, lot, { rank: 1, code: 'rank-unproven' });
    await record(teller(office), adviser, office, { action: 'option.placed', id });
    await tell();
    expect((await toldTo(adviser)).at(-1)?.params).toMatchObject({ rank: null });
    await setOption(id, { rank: 2, code: null });
    expect(await lastStands()).toBe(true);
  });

  it.each([
    [{ state: 'validated' }, 'reservation.validated'],
    [{ state: 'preresv', fileSent: true }, 'reservation.dossier-sent'],
  ] as const)('of a reservation, %o, stands until it is withdrawn', async (row, action) => {
    const become = await reserve(row, action);
    expect(await lastStands()).toBe(true);
    await become('withdrawn');
    expect(await lastStands()).toBe(false);
  });

  it('of a lot that is free stands while it is, and while the convention shows it', async () => {
    await setLot(office, lot, { statusCode: 'OPTION' });
    await watchLot(adviser, { promoter: office.slug, extcode: lot, kind: 'freed' });
    await setLot(office, lot, { statusCode: 'LIBRE' });
    await tell();
    expect(await lastStands()).toBe(true);
    await setLot(office, lot, { statusCode: 'OPTION' });
    expect(await lastStands()).toBe(false);
    await setLot(office, lot, { statusCode: 'LIBRE' });
    await asSystem((tx) =>
      tx.update(convention).set({ allProgrammes: false }).where(eq(convention.cabinetId, adviser.cabinet)),
    );
    expect(await lastStands()).toBe(false);
  });

  it('of a price stands until it changes again', async () => {
    await watchLot(adviser, { promoter: office.slug, extcode: lot, kind: 'followed' });
    await setLot(office, lot, { priceCents: 31_000_000 });
    const change = { promoterId: office.promoter, extcode: lot, programmeCode: office.programmes[0] ?? '' };
    await asSystem((tx) =>
      tx.insert(lotChange).values({ ...change, kind: 'price', before: '1', after: '31000000' }),
    );
    await tell();
    expect(await lastStands()).toBe(true);
    await setLot(office, lot, { priceCents: 32_000_000 });
    expect(await lastStands()).toBe(false);
  });

  it('stands no more for a person whose account was closed', async () => {
    await reserve({ state: 'validated' }, 'reservation.validated');
    await asSystem((tx) =>
      tx.update(account).set({ disabledAt: new Date() }).where(eq(account.id, adviser.account)),
    );
    expect(await lastStands()).toBe(false);
  });
});
