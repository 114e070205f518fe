import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot } from '@/lib/db/schema/all';
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
import { withdrawPreresv as withdrawInSandbox } from '@/sandbox/core/reservations';
import { describeReservation } from './describe-reservation';
import { recordValidation } from './record-validation';
import { reviewReservations } from './review-reservations';
import { sendDossier } from './send-dossier';
import { actsAt, dossierFor, madeAt, reservationOf, reserved, webhookOf } from './testing';
import { withdrawPreresv } from './withdraw-preresv';

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
  id = await reserve(extcode);
  return async () => {
    await shows('PRERESV');
    await office.close();
  };
});
afterAll(() => db.close());

async function reserve(code: string): Promise<string> {
  const made = await reserved(partner, office, await acceptedDenonciation(partner, office), code);
  await madeAt(made, inMinutes(-5));
  return made;
}

/** What the mirror shows of the office's lots. */
const shows = (statusCode: string, code?: string) =>
  asSystem((tx) =>
    tx
      .update(lot)
      .set({ statusCode, changedAt: new Date() })
      .where(
        and(eq(lot.promoterId, office.promoter), code === undefined ? undefined : eq(lot.extcode, code)),
      ),
  );

/** The buyer withdraws at the promoter's, and nobody tells. */
function withdrawUntold(code = extcode): void {
  const scene = {
    world: office.sandbox.state,
    account: office.koban,
    cause: { origin: 'console' as const, callId: null },
  };
  withdrawInSandbox(scene, code, office.koban.lot(code)?.preresv?.thirdGuid ?? '');
}

/** How often Koban was asked while the review ran so many times. */
async function reads(rounds = 1): Promise<number> {
  const before = office.calls('ncOption/GetLotStatus');
  for (let round = 0; round < rounds; round += 1) await reviewReservations();
  return office.calls('ncOption/GetLotStatus') - before;
}

it('ends a pre-reservation whose withdrawal was lost, and says that nobody told', async () => {
  withdrawUntold();
  await shows('LIBRE');
  expect(await reads(2)).toBe(1);
  const code = 'reservation-ended-unproven';
  expect(await reservationOf(id)).toMatchObject({
    state: 'withdrawn',
    proof: 'reading',
    code,
    withdrawReason: null,
    withdrawnAt: expect.any(Date),
  });
  const detail = await describeReservation(partner, id);
  expect(detail?.timeline).toContainEqual(
    expect.objectContaining({ kind: 'event', action: 'withdrawn', by: 'reconcile', code }),
  );
});

it('ends one whose file was sent, and one that was validated', async () => {
  await sendDossier(partner, await dossierFor(id));
  const other = office.freeLots[1] ?? '';
  const validated = await reserve(other);
  const told = { lotExtcode: other, file: {}, at: new Date() };
  const thirdGuid = office.koban.lot(other)?.preresv?.thirdGuid ?? '';
  await recordValidation(webhookOf(office), { ...told, thirdGuid });
  expect((await reservationOf(validated)).state).toBe('validated');
  withdrawUntold();
  withdrawUntold(other);
  await shows('OPTION');
  await reviewReservations();
  expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'reading', fileSent: true });
  expect(await reservationOf(validated)).toMatchObject({ state: 'withdrawn', proof: 'reading' });
});

it('never ends one on the mirror alone, and then asks no more than every nine minutes', async () => {
  await shows('LIBRE');
  expect(await reads(3)).toBe(1);
  expect((await reservationOf(id)).state).toBe('preresv');
  await asSystem((tx) =>
    tx
      .update(lot)
      .set({ changedAt: inMinutes(-30), optionSeenAt: inMinutes(-11) })
      .where(eq(lot.extcode, extcode)),
  );
  expect(await reads(2)).toBe(1);
  withdrawUntold();
  await shows('LIBRE');
  office.fault({ method: 'ncOption/GetLotStatus', mode: 'refuse' });
  await reviewReservations();
  expect((await reservationOf(id)).state).toBe('preresv');
  await reviewReservations();
  expect((await reservationOf(id)).state).toBe('withdrawn');
});

it('asks nothing of lots that the mirror shows reserved, sold or barred, nor of a reservation just made', async () => {
  for (const status of ['PRERESV', 'RESV', 'BLOQUE']) {
    await shows(status);
    expect(await reads()).toBe(0);
  }
  await shows('LIBRE');
  await madeAt(id, new Date());
  expect(await reads()).toBe(0);
});

it('leaves a reservation to the withdrawal that is under way on it', async () => {
  office.fault({ method: 'ncPreresv/Desist', mode: 'hang-after' });
  await withdrawPreresv(partner, { formKey: randomUUID(), id, reason: 'Prêt refusé' });
  expect(await actsAt(office, 'desistement')).toEqual(['uncertain desist-unknown']);
  await shows('LIBRE');
  expect(await reads()).toBe(0);
  expect((await reservationOf(id)).state).toBe('preresv');
});

it('asks a Koban that does not answer once, whatever it has of lots', async () => {
  await reserve(office.freeLots[1] ?? '');
  await shows('LIBRE');
  office.fault({ method: 'ncOption/GetLotStatus', mode: 'refuse', remaining: null });
  expect(await reads()).toBe(1);
});

it('steps past a lot whose answer cannot be understood, and asks for it again less and less often', async () => {
  const second = office.freeLots[1] ?? '';
  const other = await reserve(second);
  withdrawUntold();
  withdrawUntold(second);
  await shows('LIBRE');
  const method = 'ncOption/GetLotStatus';
  office.fault({ method, mode: 'garbage', match: extcode, remaining: null });
  const askedFor = () =>
    office.sandbox.state.ledger.calls({ method }).filter((call) => JSON.stringify(call).includes(extcode))
      .length;
  /** Whether the lot is asked for when so many minutes have passed. One lot at a time: it comes first, and would hold the turn. */
  const asks = async (minutes: number) => {
    const before = askedFor();
    await reviewReservations(1, inMinutes(minutes));
    return askedFor() > before;
  };
  expect(await asks(0)).toBe(true);
  expect(await asks(0.5)).toBe(false);
  expect((await reservationOf(other)).state).toBe('withdrawn');
  expect((await reservationOf(id)).state).toBe('preresv');
  expect([await asks(1.1), await asks(3), await asks(3.2), await asks(7)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  for (const minutes of [8, 20, 40, 80, 120]) expect(await asks(minutes)).toBe(true);
  expect(await asks(149)).toBe(false);
  office.sandbox.state.faults.clear();
  expect(await asks(151)).toBe(true);
  expect(await reservationOf(id)).toMatchObject({ state: 'withdrawn', proof: 'reading' });
});

it('gives each promoter its turn, whose Koban does not answer too', async () => {
  const second = office.freeLots[1] ?? '';
  await reserve(second);
  const other = await openOffice();
  const theirs = await addPartner([other]);
  const code = other.freeLots[0] ?? '';
  const made = await reserved(theirs, other, await acceptedDenonciation(theirs, other), code);
  await madeAt(made, inMinutes(-5));
  withdrawInSandbox(
    { world: other.sandbox.state, account: other.koban, cause: { origin: 'console', callId: null } },
    code,
    other.koban.lot(code)?.preresv?.thirdGuid ?? '',
  );
  await shows('LIBRE');
  await asSystem((tx) =>
    tx
      .update(lot)
      .set({ statusCode: 'LIBRE', changedAt: new Date() })
      .where(and(eq(lot.promoterId, other.promoter), eq(lot.extcode, code))),
  );
  office.unplug();
  // The first one's two lots would fill it.
  await reviewReservations(2);
  expect((await reservationOf(made)).state).toBe('withdrawn');
  expect((await reservationOf(id)).state).toBe('preresv');
  office.plug();
  await other.close();
});
