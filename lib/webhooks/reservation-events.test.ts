import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { reservation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { reservationOf, reserved } from '@/lib/reservations/testing';
import { withdrawPreresv } from '@/lib/reservations/withdraw-preresv';
import { processDueEvents } from './process-events';
import { type Call, call, keptOf, openDoor, type Postman } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));
// Calls are worked upon when a test says so.
vi.mock('./process-events', async (original) => ({
  ...(await original<typeof import('./process-events')>()),
  wakeProcessing: () => {},
}));

let db: Database;
let office: Office;
let postman: Postman;
let partner: PartnerActor;
let denonciationId: string;
let lot: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  postman = await openDoor(office);
  partner = await addPartner([office]);
  denonciationId = await acceptedDenonciation(partner, office);
  lot = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(() => db.close());

const HOUR = 3_600_000;

/** Pre-reserves the lot, as it was done so many hours ago: a reading may then be held against it. */
async function reserve(hoursAgo: number): Promise<string> {
  const id = await reserved(partner, office, denonciationId, lot);
  const at = new Date(Date.now() - hoursAgo * HOUR);
  const preresv = office.koban.lot(lot)?.preresv;
  if (preresv) preresv.at = at.getTime();
  await asSystem((tx) =>
    tx.update(reservation).set({ createdAt: at, preresvAt: at }).where(eq(reservation.id, id)),
  );
  return id;
}

/** The buyer withdraws, so many hours ago. What Koban tells of it waits. */
async function withdraw(id: string, hoursAgo: number): Promise<void> {
  await withdrawPreresv(partner, { formKey: randomUUID(), id, reason: 'Prêt refusé' });
  const withdrawnAt = new Date(Date.now() - hoursAgo * HOUR);
  await asSystem((tx) => tx.update(reservation).set({ withdrawnAt }).where(eq(reservation.id, id)));
}

/** What Koban has sent and nobody delivered yet. */
async function sent(): Promise<Call[]> {
  await office.sandbox.state.webhooks.idle();
  return postman.waiting.splice(0);
}
async function deliver(calls: Call[]): Promise<void> {
  for (const each of calls) await postman.deliver(each);
  await work();
}
async function work(): Promise<void> {
  for (const minutes of [0, 0.1, 0.5, 2, 5]) await processDueEvents(inMinutes(minutes));
}
const told = async () => (await keptOf(office)).map(({ event, state, code }) => [event, state, code]);
const latest = async () => (await told()).at(-1);

/** The fields of a call, some of them changed. */
async function altered(sending: Call | undefined, changes: Record<string, string>): Promise<URLSearchParams> {
  const fields = new URLSearchParams(await sending?.request.clone().text());
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  return fields;
}

describe('a validation of an earlier reservation', () => {
  const untouched = { state: 'preresv', fileSent: false, kobanFile: null, priceCents: 352_500_00 };

  it('that comes again leaves the new one as it is', async () => {
    const first = await reserve(3);
    postman.act('validate-reservation', { lot });
    const validation = await sent();
    await deliver(validation);
    expect(await reservationOf(first)).toMatchObject({ state: 'validated' });
    await withdraw(first, 2);
    await sent();
    const second = await reserve(1);
    await deliver(validation);
    expect(await latest()).toEqual(['reservation-validated', 'duplicate', 'same-again']);
    expect(await reservationOf(second)).toMatchObject(untouched);

    postman.act('validate-reservation', { lot });
    await deliver(await sent());
    expect(await reservationOf(second)).toMatchObject({ state: 'validated', fileSent: true });
    expect((await reservationOf(first)).state).toBe('withdrawn');
  });

  it('that was never told before is known by its date, and kept with the one it is about', async () => {
    const first = await reserve(3);
    postman.act('validate-reservation', { lot });
    const validation = await sent();
    await withdraw(first, 2);
    await sent();
    const second = await reserve(1);
    await deliver(validation);
    expect(await latest()).toEqual(['reservation-validated', 'duplicate', 'same-again']);
    expect(await reservationOf(second)).toMatchObject(untouched);
    expect(await reservationOf(first)).toMatchObject({
      state: 'withdrawn',
      kobanFile: { Lot_Code: lot, _id: expect.any(String) },
    });
  });

  it('whose file and date are not told is held for a person', async () => {
    const first = await reserve(3);
    postman.act('validate-reservation', { lot });
    const [validation] = await sent();
    await withdraw(first, 2);
    await sent();
    const second = await reserve(1);
    const body = await altered(validation, { _id: '', PreresaDate: '' });
    await call(office, 'reservation-validated', { body });
    await work();
    expect(await latest()).toEqual(['reservation-validated', 'quarantined', 'which-unknown']);
    expect(await reservationOf(second)).toMatchObject(untouched);
  });

  it('made in Koban before the only one that is known here is held too', async () => {
    const only = await reserve(1);
    postman.act('validate-reservation', { lot });
    const [validation] = await sent();
    const before = String(Math.floor((Date.now() - 5 * HOUR) / 1_000));
    await call(office, 'reservation-validated', {
      body: await altered(validation, { PreresaDate: before }),
    });
    await work();
    expect(await latest()).toEqual(['reservation-validated', 'quarantined', 'which-unknown']);
    expect(await reservationOf(only)).toMatchObject(untouched);
  });
});
