import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { denonciation, prospect, reservation } from '@/lib/db/schema/all';
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
import { describeReservation } from '@/lib/reservations/describe-reservation';
import { placePreresv } from '@/lib/reservations/place-preresv';
import { listReservations } from '@/lib/reservations/queries';
import { toldDeposit } from '@/lib/reservations/rules';
import { reservationFilterSchema } from '@/lib/reservations/schema';
import { sendDossier } from '@/lib/reservations/send-dossier';
import { dossierFor, madeAt, preresvFor, reservationOf, reserved } from '@/lib/reservations/testing';
import { withdrawPreresv } from '@/lib/reservations/withdraw-preresv';
import { processDueEvents } from './process-events';
import { replayEvent } from './replay-event';
import { addStaff, type Call, call, keptOf, nameInMirror, openDoor, type Postman } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));
/** What happens between a reading of a lot and its arrival here. */
const late = vi.hoisted((): { reading: (() => Promise<void>) | null } => ({ reading: null }));
vi.mock('@/lib/koban/options', async (original) => {
  const real = await original<typeof import('@/lib/koban/options')>();
  return {
    ...real,
    getLotStatus: async (...asked: Parameters<typeof real.getLotStatus>) => {
      const outcome = await real.getLotStatus(...asked);
      const meanwhile = late.reading;
      late.reading = null;
      await meanwhile?.();
      return outcome;
    },
  };
});
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
  await madeAt(id, at);
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

describe('a reservation that the salesman makes for a partner’s prospect', () => {
  /** As the salesman, for the prospect of the accepted dénonciation. */
  async function bySalesman(): Promise<Call[]> {
    const [third] = await asSystem((tx) =>
      tx
        .select({ EMail: prospect.email, Phone: prospect.phone })
        .from(prospect)
        .innerJoin(denonciation, eq(denonciation.prospectId, prospect.id))
        .where(eq(denonciation.id, denonciationId)),
    );
    postman.act('place-preresv', { lot, third });
    postman.act('validate-reservation', { lot });
    return sent();
  }
  const listed = async (actor = partner) =>
    (await listReservations(actor, reservationFilterSchema.parse({}))).lines;
  const none = ['reservation-validated', 'processed', 'not-ours'];

  it('is the partner’s, with Koban’s amounts; told once however often it is called, and ended by a withdrawal', async () => {
    const calls = await bySalesman();
    await deliver([...calls, ...calls]);
    expect(await told()).toEqual([
      ['reservation-validated', 'processed', 'recorded'],
      ['reservation-validated', 'duplicate', 'same-again'],
    ]);
    const [line, ...others] = await listed();
    expect(others).toEqual([]);
    const file = new URLSearchParams(await calls[0]?.request.clone().text());
    expect(line).toMatchObject({
      ...{ state: 'validated', lot: { extcode: lot }, fileSent: true, filedBy: partner.name },
      priceCents: Math.round(Number(file.get('PrixVente')) * 100),
    });
    const detail = await describeReservation(partner, line?.id ?? '');
    expect(detail).toMatchObject({ proof: 'webhook', denonciationId });
    // The salesman's file tells no deposit: none is shown, rather than nothing at all to pay.
    expect(detail && toldDeposit(detail)).toBeNull();
    expect(detail?.timeline).toMatchObject([{ action: 'validated', code: 'by-promoter' }]);
    expect(await listed(await addPartner([office]))).toEqual([]);

    await madeAt(line?.id ?? '', new Date(Date.now() - HOUR));
    postman.act('withdraw-reservation', { lot });
    await deliver(await sent());
    expect(await listed()).toMatchObject([{ id: line?.id, state: 'withdrawn' }]);
  });

  it('becomes a second one where the first of the same buyer was withdrawn', async () => {
    const first = await reserve(3);
    await withdraw(first, 2);
    await sent();
    await deliver(await bySalesman());
    expect((await listed()).map(({ state }) => state)).toEqual(['validated', 'withdrawn']);
    expect((await reservationOf(first)).kobanFile).toBeNull();
  });

  it('that is over when it is told of is not shown: Koban’s reading of the lot decides', async () => {
    const calls = await bySalesman();
    postman.act('withdraw-reservation', { lot });
    const withdrawal = await sent();
    await deliver([...withdrawal, ...calls]);
    expect(await latest()).toEqual(none);
    expect(await listed()).toEqual([]);
  });

  const held = ['reservation-validated', 'quarantined', 'which-unknown'];

  it('that a withdrawal followed is held for a person: another may be what the lot bears now', async () => {
    const calls = await bySalesman();
    postman.act('withdraw-reservation', { lot });
    const withdrawal = await sent();
    postman.act('place-preresv', { lot, third: { EMail: 'rival@exemple.fr', Phone: '0611223344' } });
    await deliver([...withdrawal, ...calls]);
    expect(await latest()).toEqual(held);
    expect(await listed()).toEqual([]);
  });

  it('is held for a person where another cabinet’s reservation stands on the lot', async () => {
    const calls = await bySalesman();
    postman.act('withdraw-reservation', { lot });
    // Koban’s call of the withdrawal is lost.
    await sent();
    const rival = await addPartner([office]);
    await reserved(rival, office, await acceptedDenonciation(rival, office), lot);
    await deliver(calls);
    expect(await latest()).toEqual(held);
    expect(await listed()).toEqual([]);
    expect(await listed(rival)).toMatchObject([{ state: 'preresv' }]);
  });

  it.each(['PreresaDate', 'PrixVente'])('is held for a person without its %s', async (field) => {
    const [validation] = await bySalesman();
    await call(office, 'reservation-validated', { body: await altered(validation, { [field]: '' }) });
    await work();
    expect(await latest()).toEqual(held);
    expect(await listed()).toEqual([]);
  });

  it('is nobody’s here when it was made before the dénonciation was accepted', async () => {
    const [validation] = await bySalesman();
    const before = String(Math.floor((Date.now() - 30 * HOUR) / 1_000));
    await call(office, 'reservation-validated', {
      body: await altered(validation, { PreresaDate: before }),
    });
    await work();
    expect(await latest()).toEqual(none);
    expect(await listed()).toEqual([]);
  });

  it('whom two cabinets denounced on the programme is credited to neither', async () => {
    const rival = await addPartner([office]);
    const theirs = await acceptedDenonciation(rival, office);
    await asSystem(async (tx) => {
      const guidOf = async (id: string) => {
        const [row] = await tx
          .select({ id: prospect.id, guid: prospect.kobanGuid })
          .from(prospect)
          .innerJoin(denonciation, eq(denonciation.prospectId, prospect.id))
          .where(eq(denonciation.id, id));
        return row;
      };
      const [mine, other] = [await guidOf(denonciationId), await guidOf(theirs)];
      await tx
        .update(prospect)
        .set({ kobanGuid: mine?.guid })
        .where(eq(prospect.id, other?.id ?? ''));
    });
    await deliver(await bySalesman());
    expect(await latest()).toEqual(none);
    expect([...(await listed()), ...(await listed(rival))]).toEqual([]);
  });
});

describe('a validation that Koban does not bear out', () => {
  it('changes nothing: looked at again three times, then held for a person', async () => {
    const id = await reserve(1);
    postman.act('validate-reservation', { lot });
    const [validation] = await sent();
    postman.act('withdraw-reservation', { lot });
    await sent();
    const reads = office.calls('ncOption/GetLotStatus');
    await postman.deliver(validation);
    await processDueEvents();
    expect(await latest()).toEqual(['reservation-validated', 'received', 'contradicted']);
    await work();
    expect(await latest()).toEqual(['reservation-validated', 'quarantined', 'contradicted']);
    expect(office.calls('ncOption/GetLotStatus') - reads).toBe(4);
    expect(await reservationOf(id)).toMatchObject({ state: 'preresv', fileSent: false, kobanFile: null });
  });

  it('waits for a Koban that does not answer', async () => {
    const id = await reserve(1);
    postman.act('validate-reservation', { lot });
    const [validation] = await sent();
    await postman.deliver(validation);
    office.unplug();
    await processDueEvents();
    expect(await latest()).toEqual(['reservation-validated', 'received', 'unread']);
    expect((await reservationOf(id)).state).toBe('preresv');
    office.plug();
    await work();
    expect(await latest()).toEqual(['reservation-validated', 'processed', 'recorded']);
    expect((await reservationOf(id)).state).toBe('validated');
  });

  it('in an earlier version of the file that comes again leaves the later one', async () => {
    const id = await reserve(1);
    postman.act('validate-reservation', { lot });
    const [earlier] = await sent();
    if (!earlier) throw new Error('Nothing was sent');
    await deliver([earlier]);
    await call(office, 'reservation-validated', { body: await altered(earlier, { PrixVente: '351000' }) });
    await work();
    expect(await reservationOf(id)).toMatchObject({ priceCents: 351_000_00 });
    const reads = office.calls('ncOption/GetLotStatus');
    await deliver([earlier]);
    expect(await latest()).toEqual(['reservation-validated', 'duplicate', 'same-again']);
    expect(await reservationOf(id)).toMatchObject({ priceCents: 351_000_00 });
    expect(office.calls('ncOption/GetLotStatus')).toBe(reads);
  });
});

describe('a call that names its lot by Koban’s guid alone', () => {
  it.each([
    ['reservation-validated', 'validate-reservation', 'validated'],
    ['reservation-withdrawn', 'withdraw-reservation', 'withdrawn'],
  ] as const)(
    '%s: is held while the mirror does not know it, then taken, once',
    async (event, act, state) => {
      const id = await reserve(1);
      postman.act(act, { lot });
      const [sending] = await sent();
      const body = await altered(sending, { Lot_Code: '', Deal_Extcode: '' });
      await call(office, event, { body });
      await work();
      expect(await latest()).toEqual([event, 'quarantined', 'unknown-lot']);
      expect((await reservationOf(id)).state).toBe('preresv');

      await nameInMirror(office, lot);
      const [held] = await keptOf(office);
      await replayEvent(await addStaff(office), held?.id ?? 0);
      await work();
      expect(await latest()).toEqual([event, 'processed', 'recorded']);
      expect((await reservationOf(id)).state).toBe(state);
      await call(office, event, { body });
      await work();
      expect(await latest()).toEqual([event, 'duplicate', 'same-again']);
    },
  );

  it.each(['reservation-validated', 'reservation-withdrawn'])(
    '%s: or by nothing is unreadable',
    async (event) => {
      await call(office, event, { body: 'ThirdId=5e8b0000000000000000dead&Lot_Code=&Deal_Guid=' });
      await work();
      expect(await latest()).toEqual([event, 'quarantined', 'unreadable']);
    },
  );
});

describe('a withdrawal', () => {
  const byPromoter = () => postman.act('withdraw-reservation', { lot });

  it('ends the reservation, told once or twice', async () => {
    const id = await reserve(1);
    byPromoter();
    const calls = await sent();
    await deliver([...calls, ...calls]);
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'webhook', code: null });
    expect(await told()).toEqual([
      ['reservation-withdrawn', 'processed', 'recorded'],
      ['reservation-withdrawn', 'duplicate', 'same-again'],
    ]);
  });

  it('is looked at again while Koban still shows the reservation, and ends it once Koban does not', async () => {
    const id = await reserve(1);
    await call(office, 'reservation-withdrawn', { body: `Deal_Extcode=${lot}` });
    await processDueEvents();
    expect(await latest()).toEqual(['reservation-withdrawn', 'received', 'contradicted']);
    byPromoter();
    await sent();
    await work();
    expect(await latest()).toEqual(['reservation-withdrawn', 'processed', 'recorded']);
    expect((await reservationOf(id)).state).toBe('withdrawn');
  });

  it('that Koban never bears out is held for a person, four looks later', async () => {
    const id = await reserve(1);
    const before = office.calls('ncOption/GetLotStatus');
    await call(office, 'reservation-withdrawn', { body: `Deal_Extcode=${lot}` });
    await work();
    expect(await latest()).toEqual(['reservation-withdrawn', 'quarantined', 'contradicted']);
    expect(office.calls('ncOption/GetLotStatus') - before).toBe(4);
    expect((await reservationOf(id)).state).toBe('preresv');
  });

  it('of an earlier reservation that comes again needs nobody', async () => {
    const first = await reserve(3);
    await withdraw(first, 2);
    const calls = await sent();
    const second = await reserve(1);
    await deliver(calls);
    expect(await latest()).toEqual(['reservation-withdrawn', 'duplicate', 'same-again']);
    expect((await reservationOf(second)).state).toBe('preresv');
  });

  it('of an earlier one does not end the reservation that is made while the lot is being read', async () => {
    const first = await reserve(3);
    await withdraw(first, 2);
    const [withdrawal] = await sent();
    // The mirror of a portal that never heard of that withdrawal.
    await asSystem((tx) =>
      tx.update(reservation).set({ state: 'preresv', withdrawnAt: null }).where(eq(reservation.id, first)),
    );
    await postman.deliver(withdrawal);
    let second = '';
    late.reading = async () => {
      await asSystem((tx) =>
        tx.update(reservation).set({ state: 'withdrawn' }).where(eq(reservation.id, first)),
      );
      second = await reserve(1);
    };
    await work();
    expect((await reservationOf(second)).state).toBe('preresv');
  });

  it('that comes as the lot is being pre-reserved, or a moment after, waits', async () => {
    office.fault({ method: 'ncPreresv/Add', mode: 'slow', delayMs: 600 });
    const reserving = placePreresv(partner, preresvFor(office, denonciationId, lot));
    await vi.waitFor(() => expect(office.calls('ncPreresv/Add')).toBe(1));
    await call(office, 'reservation-withdrawn', { body: `Deal_Extcode=${lot}` });
    await processDueEvents();
    expect(await latest()).toEqual(['reservation-withdrawn', 'received', 'act-under-way']);
    const { reserving: begun } = await reserving;
    byPromoter();
    await sent();
    await processDueEvents(inMinutes(0.1));
    expect(await latest()).toEqual(['reservation-withdrawn', 'received', 'act-under-way']);
    const id = begun.kind === 'begun' ? begun.id : '';
    expect((await reservationOf(id)).state).toBe('preresv');
    await madeAt(id, new Date(Date.now() - HOUR));
    await processDueEvents(inMinutes(3));
    expect(await latest()).toEqual(['reservation-withdrawn', 'processed', 'recorded']);
    expect((await reservationOf(id)).state).toBe('withdrawn');
  });

  it('that comes while the complete file is on its way waits for what becomes of it', async () => {
    const id = await reserve(1);
    office.fault({ method: 'ncPreresv/AddValid', mode: 'slow', delayMs: 600 });
    const sending = sendDossier(partner, await dossierFor(id));
    await vi.waitFor(() => expect(office.calls('ncPreresv/AddValid')).toBe(1));
    byPromoter();
    await sent();
    await call(office, 'reservation-withdrawn', { body: `Deal_Extcode=${lot}` });
    await processDueEvents();
    expect(await latest()).toEqual(['reservation-withdrawn', 'received', 'act-under-way']);
    expect((await reservationOf(id)).state).toBe('preresv');
    await sending;
    // Koban opened the file anew: the validation that follows is not lost on a closed reservation.
    expect(office.koban.lot(lot)?.preresv).toMatchObject({ validated: true });
    await deliver(await sent());
    expect((await reservationOf(id)).state).toBe('validated');
  });
});
