import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { type Moment, openShared } from '@/lib/denonciations/other-process.testing';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { inMonths } from '@/lib/dossiers/testing';
import { actsAt, dossierFor, reservationOf, reserved, resume } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let shared: Awaited<ReturnType<typeof openShared>>;
let office: Office;
let partner: PartnerActor;
let denonciationId: string;
let extcode: string;
beforeAll(async () => {
  shared = await openShared();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  partner = await addPartner([office]);
  denonciationId = await acceptedDenonciation(partner, office);
  extcode = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(() => shared.close());

type Kind = 'preresv' | 'dossier' | 'desistement';

const methods = {
  ...{ look: 'ncOption/GetLotStatus', preresv: 'ncPreresv/Add' },
  ...{ dossier: 'ncPreresv/AddValid', desist: 'ncPreresv/Desist' },
} as const;
type Step = keyof typeof methods;

/** The step that changes something in Koban for good, and what the ledger calls the change. */
const purposes = {
  preresv: { step: 'preresv', effect: 'preresv-placed' },
  dossier: { step: 'dossier', effect: 'reservation-validated' },
  desistement: { step: 'desist', effect: 'reservation-withdrawn' },
} as const satisfies Record<Kind, { step: Step; effect: string }>;

/** The act, its step, the moment of the kill; what the portal says in the end (null: there is no act), and the effects in Koban. */
type Kill = [Kind, Step, Moment, string | null, 0 | 1];

// What was begun and not committed never was. A reading is made again. A write is not: it is unknown, unless a later reading proves it.
const kills: Kill[] = [
  ['preresv', 'look', 'begun', null, 0],
  ['preresv', 'look', 'sent', 'done', 1],
  ['preresv', 'look', 'answered', 'done', 1],
  ['preresv', 'preresv', 'sent', 'uncertain preresv-no-trace', 0],
  ['preresv', 'preresv', 'applied', 'uncertain preresv-whose-unknown', 1],
  ['preresv', 'preresv', 'answered', 'uncertain preresv-whose-unknown', 1],
  ['preresv', 'preresv', 'kept', 'done', 1],

  ['dossier', 'dossier', 'begun', null, 0],
  ['dossier', 'dossier', 'sent', 'uncertain dossier-unknown', 0],
  ['dossier', 'dossier', 'applied', 'uncertain dossier-unknown', 1],
  ['dossier', 'dossier', 'answered', 'uncertain dossier-unknown', 1],
  ['dossier', 'dossier', 'kept', 'done', 1],

  ['desistement', 'look', 'begun', null, 0],
  ['desistement', 'look', 'sent', 'done', 1],
  ['desistement', 'look', 'answered', 'done', 1],
  ['desistement', 'desist', 'sent', 'uncertain desist-no-trace', 0],
  ['desistement', 'desist', 'applied', 'done', 1],
  ['desistement', 'desist', 'answered', 'done', 1],
  ['desistement', 'desist', 'kept', 'done', 1],
];

/** What is done in the other process; `id`: the reservation that it is about, if there is one. */
async function prepare(kind: Kind): Promise<{ act: Record<string, unknown>; id: string | null }> {
  const formKey = randomUUID();
  if (kind === 'preresv') {
    const lot = { promoter: office.slug, extcode };
    const money = { price: '352 500', deposit: '17 625', deedDay: inMonths(10) };
    return { act: { preresv: { formKey, lot, denonciationId, ...money } }, id: null };
  }
  const id = await reserved(partner, office, denonciationId, extcode);
  const act = kind === 'dossier' ? await dossierFor(id) : { formKey, id, reason: 'Prêt refusé' };
  return { act: { [kind]: act }, id };
}

it.each(kills)(
  '%s, killed with %s %s: %s at last, %i in Koban',
  async (kind, step, moment, ends, effects) => {
    const { effect, step: write } = purposes[kind];
    const { act, id } = await prepare(kind);
    await shared.killAt(
      office,
      moment,
      { step, method: methods[step] },
      { script: 'lib/reservations/kill.testing.ts', actor: partner, promoter: office.promoter, act },
    );
    // Until its lease has run out nobody else takes up what the dead process had in hand.
    expect(await resume(inMinutes(0))).toBe(0);
    for (const minutes of [2, 4, 8, 20]) await resume(inMinutes(minutes));
    expect(await actsAt(office, kind)).toEqual(ends === null ? [] : [ends]);
    expect(office.effects(effect)).toBe(effects);
    expect(office.calls(methods[write])).toBe(ends === null ? 0 : 1);
    if (id === null) return;
    const { state, fileSent } = await reservationOf(id);
    expect(state).toBe(kind === 'desistement' && ends === 'done' ? 'withdrawn' : 'preresv');
    // A file that may have arrived stays closed: it is never sent a second time.
    expect(fileSent).toBe(kind === 'dossier' && ends !== null);
  },
  90_000,
);
