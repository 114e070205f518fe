import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { audit, option, reservation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  closeProgramme,
  fileAndRun,
  forgetActs,
  formFor,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { inMonths } from '@/lib/dossiers/testing';
import { placeOption } from '@/lib/options/place-option';
import type { FaultInput } from '@/sandbox/core/faults';
import { placePreresv as placeInSandbox } from '@/sandbox/core/reservations';
import { describeReservation } from './describe-reservation';
import { placePreresv } from './place-preresv';
import { prepareOffer } from './prepare-offer';
import { listReservations } from './queries';
import { recordValidation } from './record-validation';
import { preresvSchema, reservationFilterSchema } from './schema';
import { actsAt, preresvFor, reservationOf, resume, webhookOf, writeFaults } from './testing';
import { withdrawPreresv } from './withdraw-preresv';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let partner: PartnerActor;
let denonciationId: string;
let extcode: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  partner = await addPartner([office]);
  denonciationId = await acceptedDenonciation(partner, office);
  extcode = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(() => db.close());

const place = async (actor = partner, id = denonciationId, lot = extcode) =>
  (await placePreresv(actor, preresvFor(office, id, lot))).reserving;
const begun = async (...args: Parameters<typeof place>) => {
  const reserving = await place(...args);
  if (reserving.kind !== 'begun') throw new Error(reserving.code);
  return reserving.id;
};
const scene = () => ({
  world: office.sandbox.state,
  account: office.koban,
  cause: { origin: 'console' as const, callId: null },
});

/** A rival's buyer reserves the lot at the promoter's own desk. */
function rivalReserves(): string {
  const guid = office.koban.newGuid('third');
  office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: 'Rival' } });
  placeInSandbox(scene(), { extcode, thirdGuid: guid, partGuid: null, file: {} });
  return guid;
}

describe('pre-reserving', () => {
  it('from a lot: checks it, sends the price and the deposit in euros, and keeps a draft of the file', async () => {
    const id = await begun();
    expect(await reservationOf(id)).toMatchObject({
      state: 'preresv',
      proof: 'answer',
      priceCents: 352_500_00,
      depositCents: 17_625_00,
      optionId: null,
      file: { firstName: 'Noémie', price: '352 500', deposit: '17 625', deedDay: inMonths(10) },
    });
    expect(office.sandbox.state.ledger.calls({ method: 'ncPreresv/Add' })[0]?.body).toMatchObject({
      Deal: { Extcode: extcode },
      Third: { Guid: expect.stringMatching(/^[0-9a-f]{24}$/) },
      PrixVente: 352_500,
      Garantie: 17_625,
      Part: { Guid: expect.stringMatching(/^[0-9a-f]{24}$/) },
    });
    expect(office.koban.lot(extcode)?.status).toBe('PRERESV');
    const detail = await describeReservation(partner, id);
    const told = detail?.timeline.map((item) => (item.kind === 'event' ? item.action : item.name));
    expect(told).toEqual(['asked', 'look', 'preresv', 'preresv']);
  });

  it('from an option of ours: the option becomes the reservation', async () => {
    const { placing } = await placeOption(partner, {
      formKey: randomUUID(),
      lot: { promoter: office.slug, extcode },
      denonciationId,
      confirmedRank: 1,
    });
    if (placing.kind !== 'placed') throw new Error(placing.kind);
    const offer = await prepareOffer(partner, { promoter: office.slug, extcode }, placing.id);
    expect(offer).toMatchObject({ chosen: denonciationId, reservees: [{ onOption: true }] });
    const id = await begun();
    expect(await reservationOf(id)).toMatchObject({ state: 'preresv', optionId: placing.id });
    const [used] = await asSystem((tx) => tx.select().from(option).where(eq(option.id, placing.id)));
    expect(used).toMatchObject({ state: 'used', endedAt: expect.any(Date) });
  });

  it('is refused before anything is sent, where the portal knows it to be impossible', async () => {
    const other = await addPartner([office]);
    expect(await place(other)).toEqual({ kind: 'refused', code: 'denonciation-not-usable' });
    const outside = await addPartner([office], { programmes: ['NOWHERE'] });
    expect(await place(outside)).toEqual({ kind: 'refused', code: 'lot-closed' });
    const elsewhere = await openOffice();
    const foreign = await addPartner([elsewhere]);
    expect(await place(foreign)).toEqual({ kind: 'refused', code: 'lot-closed' });
    await elsewhere.close();
    await begun();
    expect(await place()).toEqual({ kind: 'refused', code: 'already-reserved' });
    expect(office.calls('ncPreresv/Add')).toBe(1);
  });

  it.each(['inactive', 'withdrawn'] as const)('is not offered where the programme is %s', async (how) => {
    const held = await begun();
    const [, free = ''] = office.freeLots;
    await closeProgramme(office, how);
    const lot = { promoter: office.slug, extcode: free };
    expect(await prepareOffer(partner, lot, null)).toBeNull();
    expect(await place(partner, denonciationId, free)).toEqual({ kind: 'refused', code: 'lot-closed' });
    expect(office.calls('ncPreresv/Add')).toBe(1);
    // What was reserved before stays its holder's.
    expect(await describeReservation(partner, held)).not.toBeNull();
    await withdrawPreresv(partner, { formKey: randomUUID(), id: held, reason: 'Prêt refusé' });
    expect(await reservationOf(held)).toMatchObject({ state: 'withdrawn' });
  });

  it.each([
    [{ mode: 'hang-before' }, 'koban-silent'],
    [{ mode: 'business', status: 401, body: {} }, 'koban-keys-refused'],
  ] as const)(
    'for a prospect yet to be found in Koban, %o: %s, and nothing is begun',
    async (fault, code) => {
      const form = formFor(office);
      const wire = { Label: form.lastName, FirstName: form.firstName, Phone: form.phone };
      const guid = office.koban.newGuid('third');
      office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire });
      const body = { Activated: true, IsDenonced: false, Exists: true };
      office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', body });
      office.fault({ method: 'ncThird/GetByLabel', mode: 'refuse' });
      const [filed = ''] = await fileAndRun(partner, form);
      office.fault({ method: 'ncThird/GetByLabel', ...fault } as FaultInput);
      expect(await place(partner, filed)).toEqual({ kind: 'refused', code });
      expect((await place(partner, filed)).kind).toBe('begun');
    },
  );

  it('takes the deposit for what the law of the day allows, to the cent', () => {
    const form = { ...preresvFor(office, denonciationId, extcode), price: '352 500' };
    const faults = (deposit: string, deedDay: string) => {
      const read = preresvSchema.safeParse({ ...form, deposit, deedDay });
      return read.success ? [] : read.error.issues.map(({ path, message }) => `${path}: ${message}`);
    };
    expect(faults('17625', inMonths(12))).toEqual([]);
    expect(faults('17625,01', inMonths(12))).toEqual(['deposit: deposit-cap']);
    expect(faults('7050', inMonths(24))).toEqual([]);
    expect(faults('7050,01', inMonths(24))).toEqual(['deposit: deposit-cap']);
    expect(faults('0', inMonths(25))).toEqual([]);
    expect(faults('0,01', inMonths(25))).toEqual(['deposit: deposit-cap']);
    expect(faults('0', '2020-01-01')).toEqual(['deedDay: day-past']);
    expect(faults('beaucoup', '2027-02-30')).toEqual(['deposit: amount', 'deedDay: day']);
  });

  it('asks Koban first: a lot reserved meanwhile is refused and nothing is sent', async () => {
    rivalReserves();
    const id = await begun();
    expect(await reservationOf(id)).toMatchObject({ state: 'refused', code: 'lot-prereserved' });
    expect(office.calls('ncPreresv/Add')).toBe(0);
  });

  it.each([
    ['01', 'lot-unknown'],
    ['02', 'koban-unknown-prospect'],
    ['77', 'koban-refused'],
  ])("puts Koban's errorcode %s as %s", async (errorcode, code) => {
    const body = { success: false, errorcode, message: 'Refus' };
    office.fault({ method: 'ncPreresv/Add', mode: 'business', body });
    const id = await begun();
    expect(await reservationOf(id)).toMatchObject({ state: 'refused', code, kobanMessage: 'Refus' });
    expect(await begun()).not.toBe(id);
  });

  it('sent ten times by one form is one Add, and by two prospects is one reservation', async () => {
    const form = preresvFor(office, denonciationId, extcode);
    const all = await Promise.all(Array.from({ length: 10 }, () => placePreresv(partner, form)));
    expect(new Set(all.map(({ reserving }) => JSON.stringify(reserving))).size).toBe(1);
    expect(office.calls('ncPreresv/Add')).toBe(1);
    const changed = await placePreresv(partner, { ...form, deposit: 0 });
    expect(changed.reserving).toEqual({ kind: 'refused', code: 'form-reused' });

    const lot = office.freeLots[1] ?? '';
    const rival = await addPartner([office]);
    const theirs = await acceptedDenonciation(rival, office);
    office.fault({ method: 'ncPreresv/Add', mode: 'slow', delayMs: 150 });
    const kinds = await Promise.all([place(partner, denonciationId, lot), place(rival, theirs, lot)]);
    expect(kinds.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
    expect(kinds).toContainEqual({ kind: 'refused', code: 'act-under-way' });
    expect(office.effects('preresv-placed')).toBe(2);
  });
});

describe.each(writeFaults)('fault $mode', (fault) => {
  const inject = (method: string) => office.fault({ ...fault, method } as FaultInput);

  it('on GetLotStatus: nothing is sent, and another try succeeds', async () => {
    inject('ncOption/GetLotStatus');
    expect(await reservationOf(await begun())).toMatchObject({ state: 'unsent' });
    expect(office.calls('ncPreresv/Add')).toBe(0);
    expect(await reservationOf(await begun())).toMatchObject({ state: 'preresv' });
  });

  it('on Add: never sent twice, never told as done or refused; our webhook alone proves it', async () => {
    inject('ncPreresv/Add');
    const id = await begun();
    expect(await reservationOf(id)).toMatchObject({ state: 'uncertain', code: 'preresv-unknown' });
    expect(await place()).toEqual({ kind: 'refused', code: 'already-reserved' });
    if (fault.mode === 'late') await vi.waitFor(() => expect(office.effects('preresv-placed')).toBe(1));
    for (const minutes of [1, 3, 6, 16, 47, 60 * 24 * 30]) await resume(inMinutes(minutes));
    const applied = office.effects('preresv-placed') === 1;
    const code = applied ? 'preresv-whose-unknown' : 'preresv-no-trace';
    expect(await reservationOf(id)).toMatchObject({ state: 'uncertain', code });
    expect(office.calls('ncPreresv/Add')).toBe(1);
    const ours = office.sandbox.state.ledger.calls({ method: 'ncPreresv/Add' })[0]?.body as {
      Third: { Guid: string };
    };
    const told = { lotExtcode: extcode, file: { PrixVente: 350_000_00 }, at: new Date() };
    const webhook = webhookOf(office);
    expect(await recordValidation(webhook, { ...told, thirdGuid: rivalGuid() })).toEqual({
      kind: 'unknown-third',
    });
    expect((await reservationOf(id)).state).toBe('uncertain');
    const validated = { ...told, thirdGuid: ours.Third.Guid };
    if (!applied) {
      const contradicted = { kind: 'contradicted', explained: false };
      expect(await recordValidation(webhook, validated)).toEqual(contradicted);
      placeInSandbox(
        { world: office.sandbox.state, account: office.koban, cause: { origin: 'console', callId: null } },
        { extcode, thirdGuid: ours.Third.Guid, partGuid: null, file: {} },
      );
    }
    expect(await recordValidation(webhook, validated)).toEqual({
      kind: 'applied',
    });
    expect(await reservationOf(id)).toMatchObject({
      state: 'validated',
      proof: 'webhook',
      code: null,
      priceCents: 350_000_00,
    });
    expect(await actsAt(office, 'preresv')).toEqual(['done']);
    expect(office.calls('ncPreresv/Add')).toBe(1);
  });
});

const rivalGuid = () => 'f'.repeat(24);

it('shows a reservation to its author and its cabinet’s manager, and to nobody else', async () => {
  const id = await begun();
  const colleague = await addPartner([office], { cabinet: partner.cabinet });
  const manager = await addPartner([office], { cabinet: partner.cabinet, role: 'manager' });
  const stranger = await addPartner([office], { role: 'manager' });
  const filter = reservationFilterSchema.parse({});
  const seen = async (actor: PartnerActor) => [
    (await describeReservation(actor, id)) !== null,
    (await listReservations(actor, filter)).lines.length,
  ];
  expect(await seen(partner)).toEqual([true, 1]);
  expect(await seen(manager)).toEqual([true, 1]);
  expect(await seen(colleague)).toEqual([false, 0]);
  expect(await seen(stranger)).toEqual([false, 0]);
  const found = await listReservations(
    manager,
    reservationFilterSchema.parse({ q: 'lefevre', state: 'live' }),
  );
  expect(found).toMatchObject({ total: 1, counts: { live: 1 } });
});

it('keeps no personal data in the audit', async () => {
  const id = await begun();
  const rows = await asSystem((tx) =>
    tx
      .select()
      .from(audit)
      .where(and(eq(audit.subjectType, 'reservation'), eq(audit.subjectId, id))),
  );
  const [row] = await asSystem((tx) => tx.select().from(reservation).where(eq(reservation.id, id)));
  expect(rows.map(({ action }) => action)).toEqual(['reservation.asked', 'reservation.preresv']);
  expect(JSON.stringify(rows)).not.toContain('Lefèvre');
  expect(row?.lotExtcode).toBe(extcode);
});
