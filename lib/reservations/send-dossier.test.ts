import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parisDay } from '@/lib/core/days';
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
import { type FileForm, faultsOf, readFile } from '@/lib/dossiers/schema';
import { filledFile, inMonths } from '@/lib/dossiers/testing';
import type { FaultInput } from '@/sandbox/core/faults';
import { describeReservation } from './describe-reservation';
import { recordValidation } from './record-validation';
import { renderSummary } from './render-summary';
import { saveDraft } from './save-draft';
import { sendDossier } from './send-dossier';
import { actsAt, dossierFor, reservationOf, reserved, resume, webhookOf, writeFaults } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let partner: PartnerActor;
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
  id = await reserved(partner, office, await acceptedDenonciation(partner, office), extcode);
  return () => office.close();
});
afterAll(() => db.close());

const send = async (values: FileForm = filledFile(), actor = partner) =>
  (await sendDossier(actor, await dossierFor(id, values))).reserving;
const lastFile = () =>
  office.sandbox.state.ledger.calls({ method: 'ncPreresv/AddValid' }).at(-1)?.body as Record<string, unknown>;
const today = parisDay(new Date());

describe('the draft of a file', () => {
  it('is kept field by field: two devices lose nothing of each other, and of one field the last write stands', async () => {
    const keep = (fields: Partial<FileForm>, actor = partner) =>
      saveDraft(actor, { id, step: 'buyers', fields });
    const manager = await addPartner([office], { cabinet: partner.cabinet, role: 'manager' });
    await Promise.all([
      keep({ city: 'Nantes' }),
      keep({ street: '12 quai des Brumes', hasSecond: true }, manager),
    ]);
    await keep({ city: 'Rezé' }, manager);
    const detail = await describeReservation(partner, id);
    expect(detail?.file).toMatchObject({
      city: 'Rezé',
      street: '12 quai des Brumes',
      hasSecond: true,
      firstName: 'Noémie',
      price: '352 500',
    });
    expect(detail).toMatchObject({ fileStep: 'buyers', fileSavedAt: expect.any(Date) });
  });

  it('answers with what another screen wrote, and is not sent over it by one that does not show it', async () => {
    const stale = await dossierFor(id);
    const kept = await saveDraft(partner, { id, step: 'buyers', fields: { city: 'Rezé' } });
    const other = await saveDraft(partner, { id, step: 'tax', fields: { vat: '20' } });
    expect(other?.file).toEqual({ ...kept?.file, vat: '20' });
    const refused = await sendDossier(partner, stale);
    expect(refused.reserving).toEqual({ kind: 'refused', code: 'file-changed' });
    expect(lastFile()).toBeUndefined();
    expect((await reservationOf(id)).file).toMatchObject({ city: 'Rezé', vat: '20' });
    expect(await send()).toMatchObject({ kind: 'begun' });
  });

  it('is closed to other people, and once it has left', async () => {
    const keep = (actor: PartnerActor) => saveDraft(actor, { id, step: 'tax', fields: { city: 'Ailleurs' } });
    expect(await keep(await addPartner([office]))).toBeNull();
    expect(await keep(await addPartner([office], { cabinet: partner.cabinet }))).toBeNull();
    await send();
    expect(await keep(partner)).toBeNull();
    expect((await reservationOf(id)).file).toMatchObject({ city: 'Nantes' });
  });
});

describe('the rules of a file', () => {
  it('fault each field in its own step, those that a choice makes necessary included', () => {
    const second = filledFile({ lastName2: '', birthDay2: '2999-01-01', phone2: '06 12', email: 'noemie@' });
    expect(faultsOf('buyers', second, today)).toEqual({
      email: 'email',
      lastName2: 'required',
      birthDay2: 'birth-day',
      phone2: 'phone-too-short',
    });
    expect(faultsOf('buyers', { ...second, hasSecond: false, email: 'a@b.fr' }, today)).toEqual({});
    expect(faultsOf('price', filledFile({ deposit: '17 625,03' }), today)).toEqual({
      deposit: 'deposit-cap',
    });
    expect(faultsOf('financing', filledFile({ loan2: '', ptz: 'rien' }), today)).toEqual({
      loan2: 'required',
      ptz: 'amount',
    });
    expect(faultsOf('tax', filledFile({ vat: '19.6', notaryFees: '', annex3: 'deux' }), today)).toEqual({
      vat: 'required',
      notaryFees: 'required',
      annex3: 'amount',
    });
    expect(readFile(second, today)).toBeNull();
    expect(readFile(filledFile(), today)).toMatchObject({
      buyers: {
        email: 'noemie@exemple.fr',
        phone: '+33612345678',
        birthDay: { year: 1984, month: 2, day: 29 },
      },
      price: { price: 352_500_50, deposit: 17_625_00 },
      financing: { loan2: 50_000_00, ptz: 40_000_00 },
      tax: { annex1: 15_000_00, notaryFees: 7_000_00 },
    });
  });
});

describe('sending the complete file', () => {
  it('refuses a code that the promoter’s lists do not hold, and forgets the one that a draft kept', async () => {
    const refused = { kind: 'refused', code: 'file-incomplete' };
    expect(await send(filledFile({ profession: 'ROI' }))).toEqual(refused);
    expect(await send(filledFile({ saleChannelCode: 'CGP' }))).toEqual(refused);
    expect(office.calls('ncPreresv/AddValid')).toBe(0);
    await saveDraft(partner, { id, step: 'buyers', fields: { profession: 'ROI', originCode: 'CGP' } });
    expect((await describeReservation(partner, id))?.file).toMatchObject({
      profession: '',
      originCode: 'CGP',
    });
  });

  it('sends every field in Koban’s own names, once, and the webhook fills the file', async () => {
    expect(await send()).toEqual({ kind: 'begun', id });
    expect(lastFile()).toMatchObject({
      Deal: { Extcode: extcode },
      ThirdId: expect.stringMatching(/^[0-9a-f]{24}$/),
      PrixVente: 352_500.5,
      Garantie: 17_625,
      Annexe1_cent: 1_500_000,
      TVA: '20',
      Res1Genre: 'MME',
      Res1Nom: 'Lefèvre',
      Res1DateNaissance: '29/02/1984',
      Res1Mail: 'noemie@exemple.fr',
      Res1Phone: '+33612345678',
      Res1Profession: 'CADRE',
      Res2: 'O',
      Res2Nom: 'Marchand',
      Apport_cent: 6_000_000,
      PlusieursPrets: 'O',
      PretImmo2_cent: 5_000_000,
      PTZ: 'O',
      PTZMontant_cent: 4_000_000,
      FraisNotaireOffert: 'O',
      FraisNotaireMontant_cent: 700_000,
      CanalOrigine: 'CGP',
    });
    expect(await reservationOf(id)).toMatchObject({
      state: 'preresv',
      fileSent: true,
      priceCents: 352_500_50,
    });
    expect(await send()).toEqual({ kind: 'refused', code: 'file-closed' });
    const { ThirdId } = lastFile();
    const file = { PrixVente: 352_500_50, Garantie: 17_625_00, Res1Nom: 'Lefèvre', Apport_cent: 6_000_000 };
    const told = { lotExtcode: extcode, thirdGuid: String(ThirdId), at: new Date() };
    expect(await recordValidation(webhookOf(office), { ...told, file })).toEqual({ kind: 'applied' });
    expect(await recordValidation(webhookOf(office), { ...told, file })).toEqual({ kind: 'already' });
    expect(await reservationOf(id)).toMatchObject({ state: 'validated', proof: 'answer', kobanFile: file });
    const detail = await describeReservation(partner, id);
    if (!detail) throw new Error('not seen');
    const pdf = await renderSummary(detail, 'fr', new Date());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is refused where the file does not hold, or is not this partner’s', async () => {
    expect(await send(filledFile({ deposit: '40 000' }))).toEqual({
      kind: 'refused',
      code: 'file-incomplete',
    });
    expect(await send(filledFile(), await addPartner([office]))).toEqual({
      kind: 'refused',
      code: 'not-found',
    });
    const elsewhere = await openOffice();
    expect(await send(filledFile(), await addPartner([elsewhere]))).toEqual({
      kind: 'refused',
      code: 'not-found',
    });
    await elsewhere.close();
    expect(office.calls('ncPreresv/AddValid')).toBe(0);
  });

  it('reads the cap at the day of the reservation and the deed of the file', async () => {
    expect(await send(filledFile({ deedDay: inMonths(13) }))).toEqual({
      kind: 'refused',
      code: 'file-incomplete',
    });
    expect(await send(filledFile({ deedDay: inMonths(13), deposit: '7 050' }))).toEqual({
      kind: 'begun',
      id,
    });
  });

  it.each([
    ['01', 'lot-unknown'],
    ['02', 'koban-unknown-prospect'],
  ])(
    "puts Koban's errorcode %s as %s, and the file may be corrected and sent again",
    async (errorcode, code) => {
      const body = { success: false, errorcode, message: 'Refus' };
      office.fault({ method: 'ncPreresv/AddValid', mode: 'business', body });
      await send();
      expect(await reservationOf(id)).toMatchObject({
        state: 'preresv',
        fileSent: false,
        code,
        kobanMessage: 'Refus',
      });
      expect(await saveDraft(partner, { id, step: 'price', fields: { price: '352 500' } })).not.toBeNull();
      await send();
      expect(await reservationOf(id)).toMatchObject({ fileSent: true, code: null });
    },
  );

  it('unplugged, says that nothing left, and may be sent again', async () => {
    office.unplug();
    await send();
    expect(await reservationOf(id)).toMatchObject({ fileSent: false, code: 'koban-unreachable' });
    office.plug();
    await send();
    expect(await reservationOf(id)).toMatchObject({ fileSent: true });
    expect(office.effects('reservation-validated')).toBe(1);
  });
});

describe.each(writeFaults)('fault $mode on AddValid', (fault) => {
  it('never sends the file twice; the validation that names our buyer settles it', async () => {
    office.fault({ ...fault, method: 'ncPreresv/AddValid' } as FaultInput);
    await send();
    const third = String(lastFile().ThirdId);
    expect(await reservationOf(id)).toMatchObject({ state: 'preresv', fileSent: true });
    expect(await actsAt(office, 'dossier')).toEqual(['uncertain dossier-unknown']);
    expect(await send()).toEqual({ kind: 'refused', code: 'file-closed' });
    for (const minutes of [1, 3, 6, 16, 47]) await resume(inMinutes(minutes));
    expect(await actsAt(office, 'dossier')).toEqual(['uncertain dossier-unknown']);
    expect(office.calls('ncPreresv/AddValid')).toBe(1);
    const told = { lotExtcode: extcode, thirdGuid: third, file: {}, at: new Date() };
    expect(await recordValidation(webhookOf(office), told)).toEqual({ kind: 'applied' });
    expect(await reservationOf(id)).toMatchObject({ state: 'validated', fileSent: true, code: null });
    expect(await actsAt(office, 'dossier')).toEqual(['done']);
  });
});

it('a validation that comes before the answer is not taken back by it', async () => {
  office.fault({ method: 'ncPreresv/AddValid', mode: 'slow', delayMs: 400 });
  const sending = send();
  await vi.waitFor(() => expect(office.calls('ncPreresv/AddValid')).toBe(1));
  const thirdGuid = String(lastFile().ThirdId);
  const told = { lotExtcode: extcode, thirdGuid, file: { PrixVente: 1 }, at: new Date() };
  expect(await recordValidation(webhookOf(office), told)).toEqual({ kind: 'applied' });
  await sending;
  expect(await reservationOf(id)).toMatchObject({ state: 'validated', fileSent: true, priceCents: 1 });
  expect(await actsAt(office, 'dossier')).toEqual(['done']);
});
