import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { operation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { type Moment, openShared } from '@/lib/denonciations/other-process.testing';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  formFor,
  inMinutes,
  mint,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { resumeDueOperations } from '@/lib/operations/resume';
import { resumeOption } from './add-option';
import { resumeCancellation } from './cancel-option';
import { expireOptions } from './expire-options';
import { resumeProlongation } from './prolong-option';
import { expiry, kobanPast, optionOf, placed, told } from './testing';

vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));
vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let shared: Awaited<ReturnType<typeof openShared>>;
let office: Office;
let partner: PartnerActor;
beforeAll(async () => {
  shared = await openShared();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  partner = await addPartner([office]);
  return () => office.close();
});
afterAll(() => shared.close());

const resume = (minutes: number) =>
  resumeDueOperations(
    {
      mint,
      runners: {
        denonciation: poseDenonciation,
        option: resumeOption,
        prolongation: resumeProlongation,
        annulation: resumeCancellation,
      },
    },
    inMinutes(minutes),
  );

type Kind = 'denonciation' | 'option' | 'prolongation' | 'annulation';

/** Where the only act of this kind stands. */
const statesOf = async (kind: Kind) => {
  const rows = await asSystem((tx) =>
    tx
      .select({ state: operation.state })
      .from(operation)
      .where(and(eq(operation.promoterId, office.promoter), eq(operation.kind, kind))),
  );
  return rows.map((row) => row.state);
};

const methods = {
  ...{ check: 'ncDenonc/CheckDenonc', prospect: 'ncThird/PostOne', pose: 'ncDenonc/Create' },
  ...{ grant: 'ncOption/GetLotStatus', add: 'ncOption/Add' },
  ...{ verify: 'ncOption/GetLotStatus', prolong: 'ncOption/Prolong', undo: 'ncOption/Undo' },
} as const;
type Step = keyof typeof methods;

/** The step that changes something in Koban for good, and what the ledger calls the change. */
const purposes = {
  denonciation: { step: 'pose', effect: 'denonciation-created' },
  option: { step: 'add', effect: 'option-placed' },
  prolongation: { step: 'prolong', effect: 'option-prolonged' },
  annulation: { step: 'undo', effect: 'option-cancelled' },
} as const satisfies Record<Kind, { step: Step; effect: string }>;

/** The act, its step, the moment of the kill; what the portal says in the end (« none »: there is no act), and the effects in Koban. */
type Kill = [Kind, Step, Moment, 'done' | 'uncertain' | 'none', 0 | 1];

// What was begun and not committed never was. A reading is made again. A write is not: it is unknown, unless a later reading proves it.
const kills: Kill[] = [
  ['denonciation', 'check', 'begun', 'done', 1],
  ['denonciation', 'check', 'sent', 'done', 1],
  ['denonciation', 'check', 'answered', 'done', 1],
  ['denonciation', 'prospect', 'sent', 'done', 1],
  ['denonciation', 'prospect', 'applied', 'done', 1],
  ['denonciation', 'prospect', 'answered', 'done', 1],
  ['denonciation', 'pose', 'sent', 'uncertain', 0],
  ['denonciation', 'pose', 'applied', 'done', 1],
  ['denonciation', 'pose', 'answered', 'done', 1],
  ['denonciation', 'pose', 'kept', 'done', 1],

  ['option', 'grant', 'begun', 'none', 0],
  ['option', 'grant', 'sent', 'done', 1],
  ['option', 'grant', 'answered', 'done', 1],
  ['option', 'add', 'sent', 'uncertain', 0],
  ['option', 'add', 'applied', 'uncertain', 1],
  ['option', 'add', 'answered', 'uncertain', 1],
  ['option', 'add', 'kept', 'done', 1],

  ['prolongation', 'verify', 'begun', 'none', 0],
  ['prolongation', 'verify', 'sent', 'done', 1],
  ['prolongation', 'verify', 'answered', 'done', 1],
  ['prolongation', 'prolong', 'sent', 'uncertain', 0],
  ['prolongation', 'prolong', 'applied', 'done', 1],
  ['prolongation', 'prolong', 'answered', 'done', 1],
  ['prolongation', 'prolong', 'kept', 'done', 1],

  ['annulation', 'verify', 'begun', 'none', 0],
  ['annulation', 'verify', 'sent', 'done', 1],
  ['annulation', 'verify', 'answered', 'done', 1],
  ['annulation', 'undo', 'sent', 'uncertain', 0],
  ['annulation', 'undo', 'applied', 'done', 1],
  ['annulation', 'undo', 'answered', 'done', 1],
  ['annulation', 'undo', 'kept', 'done', 1],
];

/** What is done in the other process; `id`: the option that it changes. */
async function prepare(kind: Kind): Promise<{ act: Record<string, unknown>; id: string; until: Date }> {
  const lot = office.freeLots[0] ?? '';
  const formKey = randomUUID();
  const none = { id: '', until: new Date(0) };
  switch (kind) {
    case 'denonciation':
      return { act: { denonciation: formFor(office) }, ...none };
    case 'option': {
      const denonciationId = await acceptedDenonciation(partner, office);
      const on = { promoter: office.slug, extcode: lot };
      return { act: { option: { formKey, lot: on, denonciationId, confirmedRank: 1 } }, ...none };
    }
    case 'prolongation':
    case 'annulation': {
      kobanPast(office, 10);
      const id = await placed(partner, office, lot);
      const until = new Date((await optionOf(id)).expiresAt.getTime() + 86_400_000);
      const form = { formKey, id, rank: 1 };
      const act = kind === 'prolongation' ? { ...form, until } : { ...form, reason: 'Retrait' };
      return { act: { [kind]: act }, id, until };
    }
  }
}

const killAt = (moment: Moment, step: Step, act: Record<string, unknown>) =>
  shared.killAt(
    office,
    moment,
    { step, method: methods[step] },
    { script: 'lib/options/kill.testing.ts', actor: partner, promoter: office.promoter, act },
  );

it.each(kills)(
  '%s, killed with %s %s: %s at last, %i in Koban',
  async (kind, step, moment, ends, effects) => {
    const purpose = purposes[kind];
    const { act, id, until } = await prepare(kind);
    const before = office.effects(purpose.effect);
    const sentBefore = office.calls(methods[purpose.step]);
    await killAt(moment, step, act);
    // Until its lease has run out nobody else takes up what the dead process had in hand.
    expect(await resume(0)).toBe(0);
    for (const minutes of [2, 4, 8, 20]) await resume(minutes);
    expect(await statesOf(kind)).toEqual(ends === 'none' ? [] : [ends]);
    expect(office.effects(purpose.effect) - before).toBe(effects);
    expect(office.calls(methods[purpose.step]) - sentBefore).toBe(ends === 'none' ? 0 : 1);
    if (kind === 'denonciation') expect(office.effects('third-created')).toBe(1);
    if (kind === 'prolongation') {
      expect((await optionOf(id)).prolongedTo).toEqual(ends === 'done' ? until : null);
    }
    if (kind === 'annulation') {
      // Where the answer was lost, nothing tells by whose doing the option ended.
      const proven = step === 'verify' || moment === 'kept' ? 'partner' : 'unproven';
      const over = { state: 'cancelled', endedBy: proven };
      expect(await optionOf(id)).toMatchObject(ends === 'done' ? over : { state: 'placed', endedBy: null });
    }
  },
  90_000,
);

it('killed while the options of a half hour are read: each is ended once', async () => {
  kobanPast(office, 10);
  const ids = [
    await placed(partner, office, office.freeLots[0] ?? ''),
    await placed(partner, office, office.freeLots[1] ?? ''),
  ];
  const last = Math.max(
    ...(await Promise.all(ids.map(optionOf))).map(({ expiresAt }) => expiresAt.getTime()),
  );
  office.sandbox.clock.set(last + 1_000);
  office.sandbox.sweep();
  await killAt('sent', 'verify', { expiryAt: new Date(last + 1_000) });
  // Until its lease has run out nobody else reads what the dead process had in hand.
  expect(await expireOptions(expiry(office), new Date(last + 30_000))).toBe(0);
  expect(await expireOptions(expiry(office), new Date(last + 62_000))).toBe(2);
  for (const id of ids) {
    expect((await optionOf(id)).state).toBe('expired');
    expect((await told(id)).filter(({ action }) => action === 'expired')).toHaveLength(1);
  }
}, 90_000);
