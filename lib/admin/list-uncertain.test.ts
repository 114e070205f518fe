import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeStaff } from '@/lib/auth/testing';
import type { PartnerActor, PromoterId, StaffActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { operationStep, prospect } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  fileAndRun,
  forgetActs,
  formFor,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { cancelOption } from '@/lib/options/cancel-option';
import { placeOption } from '@/lib/options/place-option';
import { prolongOption } from '@/lib/options/prolong-option';
import { kobanPast, optionOf, placed } from '@/lib/options/testing';
import { placePreresv } from '@/lib/reservations/place-preresv';
import { sendDossier } from '@/lib/reservations/send-dossier';
import { dossierFor, preresvFor, reserved } from '@/lib/reservations/testing';
import { withdrawPreresv } from '@/lib/reservations/withdraw-preresv';
import admin from '@/messages/fr/admin.json';
import { listUncertain } from './list-uncertain';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let partner: PartnerActor;
let staff: StaffActor;
let lot: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  kobanPast(office, 10);
  partner = await addPartner([office]);
  staff = await makeStaff(office.promoter);
  lot = office.freeLots[0] ?? '';
  return () => office.close();
});

/** Koban takes the call and its answer is lost: its ledger then holds what was really sent. */
const lose = (method: string) => office.fault({ method, mode: 'reset-after', remaining: 1 });
const formKey = () => randomUUID();

type Body = Record<string, unknown>;
const told = (method: string) => office.sandbox.state.ledger.calls({ method }).at(-1)?.body as Body;

/** What the staff read of the call of an act whose result is unknown. */
async function unknownCall() {
  const [act, ...more] = await listUncertain(staff, new Date());
  const step = act?.steps.find(({ state }) => state === 'unknown');
  if (!act || !step || more.length > 0) throw new Error(JSON.stringify({ act, more }));
  return { ...step, kind: act.kind };
}
const sent = async () => (await unknownCall()).sent as Body;

const denounceUnheard = (form = formFor(office)) => {
  lose('ncDenonc/Create');
  return fileAndRun(partner, form);
};

describe('what an uncertain act sent', () => {
  it('a dénonciation: the prospect as Koban was told, at each of its calls', async () => {
    await denounceUnheard();
    const wire = told('ncDenonc/Create');
    expect(await sent()).toMatchObject({
      name: wire.Name,
      firstName: wire.FirstName,
      email: wire.EMail,
      phone: wire.Phone ?? wire.Cell,
      byGuid: wire.By,
    });
    const [act] = await listUncertain(staff, new Date());
    expect(act?.steps.map(({ name, sent: values }) => [name, values !== null])).toEqual([
      ['check', true],
      ['prospect', true],
      ['pose', true],
    ]);
    expect(act?.steps[1]?.sent).toMatchObject({ budgetCents: 35_250_000, marketingSource: 'network' });
  });

  it('an option: lot, rank and date', async () => {
    const denonciationId = await acceptedDenonciation(partner, office);
    lose('ncOption/Add');
    const form = { formKey: formKey(), lot: { promoter: office.slug, extcode: lot }, denonciationId };
    await placeOption(partner, { ...form, confirmedRank: 1 });
    const { DateOption, Rank, Third } = told('ncOption/Add') as { Third: Body } & Body;
    expect(await sent()).toMatchObject({
      ...{ lotExtcode: lot, rank: Rank, thirdGuid: Third.Guid },
      placedAt: new Date(Number(DateOption) * 1_000),
    });
  });

  it('a prolongation: its new end', async () => {
    const id = await placed(partner, office, lot);
    const until = new Date((await optionOf(id)).expiresAt.getTime() + 86_400_000);
    lose('ncOption/Prolong');
    await prolongOption(partner, { formKey: formKey(), id, rank: 1, until });
    expect(await sent()).toEqual({ lotExtcode: lot, rank: 1, until });
    expect(told('ncOption/Prolong').DateProlongation).toBe(until.getTime() / 1_000);
  });

  it('a cancellation', async () => {
    const id = await placed(partner, office, lot);
    lose('ncOption/Undo');
    await cancelOption(partner, { formKey: formKey(), id, rank: 1, reason: 'Le prospect renonce.' });
    expect(await sent()).toEqual({ lotExtcode: lot, rank: 1 });
    expect(told('ncOption/Undo')).toMatchObject({ Rank: 1 });
  });

  it('a pre-reservation: its amounts', async () => {
    const denonciationId = await acceptedDenonciation(partner, office);
    lose('ncPreresv/Add');
    await placePreresv(partner, preresvFor(office, denonciationId, lot));
    expect(await sent()).toMatchObject({
      lotExtcode: lot,
      priceCents: 35_250_000,
      guaranteeCents: 1_762_500,
    });
    expect(told('ncPreresv/Add')).toMatchObject({ PrixVente: 352_500, Garantie: 17_625 });
  });

  it('a complete file, every field of it under a name, and a withdrawal', async () => {
    const id = await reserved(partner, office, await acceptedDenonciation(partner, office), lot);
    lose('ncPreresv/AddValid');
    await sendDossier(partner, await dossierFor(id));
    const file = await sent();
    expect(file).toMatchObject({
      buyer: { name: 'Lefèvre', city: 'Nantes' },
      secondBuyer: { name: 'Marchand' },
    });
    expect(told('ncPreresv/AddValid')).toMatchObject({ Res1Nom: 'Lefèvre', Res2Nom: 'Marchand' });
    const groups = Object.keys(admin.uncertain.values.groups);
    const fields = Object.entries(file).flatMap(([name, value]) =>
      groups.includes(name) ? Object.keys(value as Body) : [name],
    );
    expect(fields.filter((name) => !Object.hasOwn(admin.uncertain.values.names, name))).toEqual([]);

    await forgetActs();
    lose('ncPreresv/Desist');
    await withdrawPreresv(partner, { formKey: formKey(), id, reason: 'Prêt refusé.' });
    expect(await unknownCall()).toMatchObject({ kind: 'desistement', sent: { lotExtcode: lot } });
  });

  it('is vouched for by the fingerprint alone: what has changed since is not shown as sent', async () => {
    await denounceUnheard();
    expect(await sent()).not.toBeNull();
    await asSystem((tx) =>
      tx.update(prospect).set({ phone: '+33699999999' }).where(eq(prospect.promoterId, office.promoter)),
    );
    expect(await sent()).toBeNull();
  });

  it('is kept nowhere else: the steps hold hashes, and no word of the prospect', async () => {
    const form = formFor(office);
    await denounceUnheard(form);
    const steps = await asSystem((tx) =>
      tx.select().from(operationStep).where(eq(operationStep.promoterId, office.promoter)),
    );
    expect(steps.length).toBeGreaterThan(0);
    expect(JSON.stringify(steps)).not.toContain(form.lastName);
  });
});
