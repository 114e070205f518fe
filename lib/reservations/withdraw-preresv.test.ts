import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
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
import type { FaultInput } from '@/sandbox/core/faults';
import {
  placePreresv as placeInSandbox,
  withdrawPreresv as withdrawInSandbox,
} from '@/sandbox/core/reservations';
import { placePreresv } from './place-preresv';
import { recordValidation } from './record-validation';
import { recordWithdrawal } from './record-withdrawal';
import { sendDossier } from './send-dossier';
import {
  actsAt,
  dossierFor,
  madeAt,
  preresvFor,
  reservationOf,
  reserved,
  resume,
  webhookOf,
  writeFaults,
} from './testing';
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
let id: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  partner = await addPartner([office]);
  extcode = office.freeLots[0] ?? '';
  denonciationId = await acceptedDenonciation(partner, office);
  id = await reserved(partner, office, denonciationId, extcode);
  await madeAt(id, inMinutes(-1));
  return () => office.close();
});
afterAll(() => db.close());

const reason = 'Prêt refusé par la banque';
const withdraw = async (actor = partner) =>
  (await withdrawPreresv(actor, { formKey: randomUUID(), id, reason })).reserving;
const third = () => office.koban.lot(extcode)?.preresv?.thirdGuid ?? '';
const scene = () => ({
  world: office.sandbox.state,
  account: office.koban,
  cause: { origin: 'console' as const, callId: null },
});
const told = () => ({ lotExtcode: extcode, at: new Date() });

describe('withdrawing', () => {
  it('a pre-reservation frees the lot, keeps the reason, and leaves it open to another', async () => {
    expect(await withdraw()).toEqual({ kind: 'begun', id });
    expect(await reservationOf(id)).toMatchObject({
      state: 'withdrawn',
      proof: 'answer',
      withdrawReason: reason,
      withdrawnAt: expect.any(Date),
    });
    expect(office.koban.lot(extcode)?.status).toBe('LIBRE');
    expect(await withdraw()).toEqual({ kind: 'refused', code: 'not-preresv' });
    const again = await placePreresv(partner, preresvFor(office, denonciationId, extcode));
    expect(again.reserving.kind).toBe('begun');
  });

  it('works on a validated file too', async () => {
    const thirdGuid = third();
    await sendDossier(partner, await dossierFor(id));
    await recordValidation(webhookOf(office), { ...told(), thirdGuid, file: {} });
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'answer' });
  });

  it('is not for others, and not for a lot that Koban has freed already', async () => {
    expect(await withdraw(await addPartner([office]))).toEqual({ kind: 'refused', code: 'not-found' });
    const foreign = await openOffice();
    expect(await withdraw(await addPartner([foreign]))).toEqual({ kind: 'refused', code: 'not-found' });
    await foreign.close();
    withdrawInSandbox(scene(), extcode, third());
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'reading' });
    expect(office.calls('ncPreresv/Desist')).toBe(0);
  });

  it('refused by Koban, leaves the reservation as it was', async () => {
    const body = { success: false, errorcode: '02', message: 'Refus' };
    office.fault({ method: 'ncPreresv/Desist', mode: 'business', body });
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({
      state: 'preresv',
      code: 'koban-unknown-prospect',
      kobanMessage: 'Refus',
    });
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', code: null });
  });
});

describe.each(writeFaults)('fault $mode', (fault) => {
  it('on Desist: never sent twice; done once the lot is open again, unknown while it is not', async () => {
    office.fault({ ...fault, method: 'ncPreresv/Desist' } as FaultInput);
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({ state: 'preresv', code: 'desist-unknown' });
    expect(await withdraw()).toEqual({ kind: 'refused', code: 'act-under-way' });
    if (fault.mode === 'late')
      await vi.waitFor(() => expect(office.effects('reservation-withdrawn')).toBe(1));
    for (const minutes of [1, 3, 6, 16, 47]) await resume(inMinutes(minutes));
    expect(office.calls('ncPreresv/Desist')).toBe(1);
    if (office.effects('reservation-withdrawn') === 1) {
      expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'reading' });
      expect(await actsAt(office, 'desistement')).toEqual(['done']);
      return;
    }
    expect(await actsAt(office, 'desistement')).toEqual(['uncertain desist-no-trace']);
    withdrawInSandbox(scene(), extcode, third());
    expect(await recordWithdrawal(webhookOf(office), told())).toEqual({ kind: 'applied' });
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'webhook' });
    expect(await actsAt(office, 'desistement')).toEqual(['done']);
    expect(office.calls('ncPreresv/Desist')).toBe(1);
  });

  it('on GetLotStatus: nothing is sent, and another try succeeds', async () => {
    office.fault({ ...fault, method: 'ncOption/GetLotStatus' } as FaultInput);
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({ state: 'preresv' });
    expect(office.calls('ncPreresv/Desist')).toBe(0);
    await withdraw();
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('Koban’s withdrawal webhook', () => {
  it('closes the reservation, once, and only when the lot is open again', async () => {
    const webhook = webhookOf(office);
    // False, or late: the lot is still reserved.
    const contradicted = { kind: 'contradicted', explained: false };
    expect(await recordWithdrawal(webhook, told())).toEqual(contradicted);
    expect((await reservationOf(id)).state).toBe('preresv');
    withdrawInSandbox(scene(), extcode, third());
    office.unplug();
    expect(await recordWithdrawal(webhook, told())).toEqual({ kind: 'unread' });
    office.plug();
    expect(await recordWithdrawal(webhook, told())).toEqual({ kind: 'applied' });
    expect(await recordWithdrawal(webhook, told())).toEqual({ kind: 'already' });
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'webhook' });
    const nowhere = { ...told(), lotExtcode: 'NOWHERE' };
    expect(await recordWithdrawal(webhook, nowhere)).toEqual({ kind: 'unknown-lot' });
    const other = { ...told(), lotExtcode: office.freeLots[3] ?? '' };
    expect(await recordWithdrawal(webhook, other)).toEqual({ kind: 'none' });
  });

  it('of another promoter touches nothing', async () => {
    const elsewhere = await openOffice({ sharing: office });
    withdrawInSandbox(scene(), extcode, third());
    expect(await recordWithdrawal(webhookOf(elsewhere), told())).toEqual({ kind: 'none' });
    expect((await reservationOf(id)).state).toBe('preresv');
  });

  it('told before the answer is not undone by it, and a late validation does not reopen the file', async () => {
    const thirdGuid = third();
    office.fault({ method: 'ncPreresv/Desist', mode: 'hang-after' });
    const leaving = withdraw();
    await vi.waitFor(() => expect(office.effects('reservation-withdrawn')).toBe(1));
    expect(await recordWithdrawal(webhookOf(office), told())).toEqual({ kind: 'applied' });
    await leaving;
    await resume(inMinutes(2));
    expect(await actsAt(office, 'desistement')).toEqual(['done']);
    const file = { Res1Nom: 'Lefèvre' };
    const late = await recordValidation(webhookOf(office), { ...told(), thirdGuid, file });
    expect(late).toEqual({ kind: 'already' });
    expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', kobanFile: file });
  });

  it('of a rival’s buyer on our lot does not prove ours', async () => {
    withdrawInSandbox(scene(), extcode, third());
    const guid = office.koban.newGuid('third');
    office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: 'Rival' } });
    placeInSandbox(scene(), { extcode, thirdGuid: guid, partGuid: null, file: {} });
    const validated = { ...told(), thirdGuid: guid, file: {} };
    expect(await recordValidation(webhookOf(office), validated)).toEqual({ kind: 'unknown-third' });
    expect(await recordWithdrawal(webhookOf(office), told())).toEqual({
      kind: 'contradicted',
      explained: false,
    });
  });
});
