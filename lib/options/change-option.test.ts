import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { convention, option, partnerAccess, webhookEvent } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  addPartner,
  forgetActs,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import type { FaultInput } from '@/sandbox/core/faults';
import { cancelOption as cancelInSandbox, prolongOption as prolongInSandbox } from '@/sandbox/core/options';
import { cancelOption } from './cancel-option';
import { prolongOption } from './prolong-option';
import { listOptions } from './queries';
import { readShut } from './read-shut';
import { optionFilterSchema } from './schema';
import {
  hear,
  kobanPast,
  operationsOf,
  optionOf,
  placed,
  resumeAll,
  rivalTakes,
  scene,
  told,
} from './testing';
import { rankOf } from './verify-option';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

const HOUR_MS = 3_600_000;
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
  kobanPast(office, 10);
  partner = await addPartner([office]);
  extcode = office.freeLots[0] ?? '';
  id = await placed(partner, office, extcode);
  return () => office.close();
});
afterAll(() => db.close());

const line = async (actor = partner) => {
  const { lines } = await listOptions(actor, optionFilterSchema.parse({}));
  const found = lines.find((one) => one.id === id);
  if (!found) throw new Error('Not listed');
  return found;
};
const dayMore = async () => new Date((await optionOf(id)).expiresAt.getTime() + 24 * HOUR_MS);
/** The form of a change, as a partner who sees the option at its rank sends it. */
const form = async () => ({ formKey: randomUUID(), id, rank: rankOf((await optionOf(id)).rank) });
const prolong = async (actor = partner, until?: Date) =>
  (await prolongOption(actor, { ...(await form()), until: until ?? (await dayMore()) })).changing;
const cancel = async (actor = partner) =>
  (await cancelOption(actor, { ...(await form()), reason: 'Financement refusé' })).changing;
const inKoban = () => office.koban.lot(extcode)?.options ?? [];

/** What a webhook told of the lot a moment ago. */
const tell = (
  event: `option-${'placed' | 'prolonged' | 'cancelled' | 'expired'}`,
  fields: Record<string, string>,
) =>
  asSystem((tx) =>
    tx.insert(webhookEvent).values({
      promoterId: office.promoter,
      event,
      contentHash: randomUUID(),
      fields: { Deal_Extcode: extcode, ...fields },
      lotExtcode: extcode,
      state: 'processed',
    }),
  );

describe('prolonging an option', () => {
  it('moves its end in Koban and here, once, after Koban showed it still ours', async () => {
    const before = await line();
    expect(before.prolongation?.proposed.getTime()).toBe(before.expiresAt.getTime() + 72 * HOUR_MS);
    const until = await dayMore();
    expect(await prolong()).toEqual({ kind: 'done', until, proven: true });
    expect(inKoban()[0]?.prolongedTo).toBe(until.getTime());
    expect(await optionOf(id)).toMatchObject({
      state: 'placed',
      expiresAt: until,
      prolongedTo: until,
      code: null,
    });
    expect(await line()).toMatchObject({ prolongation: null, change: null });
    expect((await told(id)).slice(-2)).toEqual([
      {
        action: 'prolongation-asked',
        facts: { lot: extcode, rank: 1, code: null, until: until.toISOString() },
      },
      {
        action: 'prolonged',
        facts: { lot: extcode, rank: 1, code: null, until: until.toISOString(), proof: 'answer' },
      },
    ]);
    expect(await prolong()).toMatchObject({ kind: 'refused', code: 'already-prolonged', sent: false });
    expect(office.calls('ncOption/Prolong')).toBe(1);
  });

  it('prolongs a rank 2 as long as two options are in progress', async () => {
    extcode = office.freeLots[1] ?? '';
    rivalTakes(office, extcode, inMinutes(-1).getTime());
    id = await placed(partner, office, extcode, 2);
    // Two options, and the first is not ours: nothing says yet whose the second is.
    expect(await prolong()).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
    await tell('option-placed', { Third_Guid: inKoban()[1]?.thirdGuid ?? '', Rank: '2' });
    await tell('option-placed', { Third_Guid: 'a-rival', Rank: '1' });
    expect((await prolong()).kind).toBe('done');
    expect(inKoban().find(({ rank }) => rank === 2)?.prolongedTo).toBe(
      (await optionOf(id)).expiresAt.getTime(),
    );
  });

  it('leaves a rank 2 alone once an end was told since Koban named it: it may have moved up, and another be behind it', async () => {
    extcode = office.freeLots[1] ?? '';
    rivalTakes(office, extcode, inMinutes(-1).getTime());
    id = await placed(partner, office, extcode, 2);
    await tell('option-placed', { Third_Guid: inKoban()[1]?.thirdGuid ?? '', Rank: '2' });
    await tell('option-expired', { Third_Guid: 'a-rival' });
    await tell('option-prolonged', { Third_Guid: 'another-rival', Rank: '1' });
    expect(await prolong()).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
    expect(office.calls('ncOption/Prolong')).toBe(0);
  });

  it('refuses an end that the promoter does not allow, and sends nothing', async () => {
    const { expiresAt } = await optionOf(id);
    for (const hours of [0, -24, 0.25, 97]) {
      const until = new Date(expiresAt.getTime() + hours * HOUR_MS);
      expect(await prolong(partner, until)).toMatchObject({ kind: 'refused', code: 'prolong-date' });
    }
    expect(office.calls('ncOption/Prolong')).toBe(0);
  });

  it.each([
    ['01', 'option-not-found'],
    ['02', 'already-prolonged'],
    ['77', 'koban-refused'],
  ])("puts Koban's errorcode %s as %s, and the option stays as it was", async (errorcode, code) => {
    const body = { success: false, errorcode, message: 'Refus' };
    office.fault({ method: 'ncOption/Prolong', mode: 'business', body });
    expect(await prolong()).toMatchObject({ kind: 'refused', code, kobanMessage: 'Refus', sent: true });
    expect(await optionOf(id)).toMatchObject({
      state: 'placed',
      prolongedTo: null,
      code,
      kobanMessage: 'Refus',
    });
    expect((await told(id)).at(-1)).toMatchObject({ action: 'prolongation-refused', facts: { code } });
  });
});

describe('cancelling an option', () => {
  it('ends it in Koban and here, with the reason kept', async () => {
    expect(await cancel()).toEqual({ kind: 'done', until: null, proven: true });
    expect(inKoban()).toEqual([]);
    expect(await optionOf(id)).toMatchObject({
      ...{ state: 'cancelled', endedBy: 'partner', cancelReason: 'Financement refusé', code: null },
      endedAt: expect.any(Date),
    });
    expect((await told(id)).at(-1)).toMatchObject({
      action: 'cancelled',
      facts: { lot: extcode, rank: 1, code: null },
    });
    expect(await line()).toMatchObject({ state: 'cancelled', cancelReason: 'Financement refusé' });
    expect(await cancel()).toMatchObject({ kind: 'refused', code: 'option-over', sent: false });
    expect(office.calls('ncOption/Undo')).toBe(1);
  });

  it("keeps no reason when Koban refuses, and says so in Koban's words", async () => {
    const body = { success: false, errorcode: '01', message: 'Option introuvable' };
    office.fault({ method: 'ncOption/Undo', mode: 'business', body });
    expect(await cancel()).toMatchObject({ kind: 'refused', code: 'option-not-found', sent: true });
    expect(await optionOf(id)).toMatchObject({
      state: 'placed',
      cancelReason: null,
      code: 'option-not-found',
    });
    expect((await told(id)).at(-1)?.action).toBe('cancellation-refused');
  });
});

describe('an option that has moved to another rank than the one on screen', () => {
  it.each([
    ['Prolong', async () => prolongOption(partner, { ...(await form()), rank: 2, until: await dayMore() })],
    ['Undo', async () => cancelOption(partner, { ...(await form()), rank: 2, reason: 'Retrait' })],
  ] as const)(
    '%s: is not changed, Koban is not asked, and it may be once it was seen',
    async (method, unseen) => {
      const readings = office.calls('ncOption/GetLotStatus');
      expect((await unseen()).changing).toMatchObject({ kind: 'refused', code: 'rank-moved', sent: false });
      expect(office.calls('ncOption/GetLotStatus')).toBe(readings);
      expect(await optionOf(id)).toMatchObject({ state: 'placed', code: null, cancelReason: null });
      expect(inKoban()).toMatchObject([{ rank: 1, prolongedTo: null }]);
      expect((await (method === 'Undo' ? cancel() : prolong())).kind).toBe('done');
    },
  );
});

describe("somebody else's option is never touched", () => {
  const both = [
    ['Prolong', () => prolong()],
    ['Undo', () => cancel()],
  ] as const;
  const guid = () => inKoban()[0]?.thirdGuid ?? '';

  it.each(both)('%s: ours was cancelled at the promoter’s, a rival holds the rank', async (method, act) => {
    cancelInSandbox(scene(office), extcode, 1);
    rivalTakes(office, extcode, Date.now() + 2 * HOUR_MS);
    expect(await act()).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
    expect(inKoban()).toHaveLength(1);
    expect(inKoban()[0]?.prolongedTo).toBeNull();
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });

  it.each(both)(
    '%s: a rival of the same half hour moved up to our rank, and no call told of it',
    async (method, act) => {
      // A minute from ours, to the side that stays within its half hour.
      const { placedAt } = inKoban()[0] ?? { placedAt: 0 };
      rivalTakes(office, extcode, placedAt + (placedAt % 1_800_000 < 900_000 ? 60_000 : -60_000));
      cancelInSandbox(scene(office), extcode, 1);
      expect(await act()).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
      expect(inKoban()).toMatchObject([{ rank: 1, prolongedTo: null }]);
      expect(office.calls(`ncOption/${method}`)).toBe(0);
    },
  );

  it.each(both)('%s: ours moved up, and a rival took the rank that it had', async (method, act) => {
    extcode = office.freeLots[1] ?? '';
    rivalTakes(office, extcode);
    id = await placed(partner, office, extcode, 2);
    cancelInSandbox(scene(office), extcode, 1);
    rivalTakes(office, extcode);
    expect(await act()).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
    expect(inKoban()).toHaveLength(2);
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });

  it.each(both)('%s: the lot is free again', async (method, act) => {
    cancelInSandbox(scene(office), extcode, 1);
    expect(await act()).toMatchObject({ kind: 'refused', code: 'option-gone', sent: false });
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });

  it.each(both)('%s: the end agrees, but Koban’s last call says it was cancelled', async (method, act) => {
    await tell('option-cancelled', { Third_Guid: guid(), Rank: '1' });
    expect(await act()).toMatchObject({ kind: 'refused', code: 'not-proven' });
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });

  it.each(both)('%s: a call that names it as ours stands in no way', async (_, act) => {
    await tell('option-placed', { Third_Guid: guid(), Rank: '1' });
    expect((await act()).kind).toBe('done');
  });

  it.each(both)('%s: nor by another adviser, or another cabinet', async (method, act) => {
    const stranger = await addPartner([office]);
    const colleague = await addPartner([office], { cabinet: partner.cabinet });
    for (const actor of [stranger, colleague]) {
      const done = method === 'Undo' ? cancel(actor) : prolong(actor, inMinutes(0));
      expect(await done).toMatchObject({ kind: 'refused', code: 'not-found' });
    }
    const manager = await addPartner([office], { cabinet: partner.cabinet, role: 'manager' });
    expect((await (method === 'Undo' ? cancel(manager) : prolong(manager))).kind).toBe('done');
    expect((await act()).kind).toBe('refused');
  });
});

type Taking = (tx: SystemTx) => Promise<unknown>;
const terms =
  (change: Partial<typeof convention.$inferInsert>): Taking =>
  (tx) =>
    tx.update(convention).set(change).where(eq(convention.cabinetId, partner.cabinet));
const closeAccess: Taking = (tx) =>
  tx.insert(partnerAccess).values({
    ...{ promoterId: office.promoter, cabinetId: partner.cabinet, accountId: partner.account },
    state: 'closed',
  });

describe.each([
  ['the agreement is suspended', terms({ suspendedAt: new Date() }), 'convention-suspended', null],
  ['the agreement has ended', terms({ validUntil: '2026-01-31' }), 'convention-ended', '2026-01-31'],
  ['the agreement has not begun', terms({ validFrom: '2126-03-01' }), 'convention-coming', '2126-03-01'],
  ['the access is closed', closeAccess, 'access-closed', null],
  ['the agreement no longer names the programme', terms({ allProgrammes: false }), 'programme-closed', null],
] as const)('when %s', (_, taking, why, day) => {
  const take = () => asSystem(taking);

  it('the list says why, by the rule that refuses the act, and how many options lie behind', async () => {
    const colleague = await addPartner([office], { cabinet: partner.cabinet });
    await placed(colleague, office, office.freeLots[1] ?? '');
    expect(await line()).toMatchObject({ shut: null });
    expect(await readShut(partner, 'option')).toEqual([]);
    await take();
    expect(await line()).toMatchObject({ state: 'placed', shut: { why, day } });
    const promoterName = office.koban.name;
    // The promoter's other programmes are still open: it is no promoter that shut itself.
    const shut = why === 'programme-closed' ? [] : [{ promoterName, why, day, count: 1 }];
    expect(await readShut(partner, 'option')).toEqual(shut);
    // The dénonciation that the option rests on is as hidden, and as told.
    expect(await readShut(partner, 'denonciation')).toEqual(shut);
    expect(await readShut(partner, 'reservation')).toEqual([]);
    expect(await readShut(await addPartner([office]), 'option')).toEqual([]);
    // A manager sees the cabinet's: but whom the promoter does not let in is not told of colleagues there.
    const manager = await addPartner([office], { cabinet: partner.cabinet, role: 'manager' });
    const whole = why === 'access-closed' ? [] : shut.map((each) => ({ ...each, count: 2 }));
    expect(await readShut(manager, 'option')).toEqual(whole);
    await asSystem((tx) =>
      tx.insert(partnerAccess).values({
        ...{ promoterId: office.promoter, cabinetId: partner.cabinet, accountId: manager.account },
        state: 'outside',
      }),
    );
    expect(await readShut(manager, 'option')).toEqual([]);
  });

  it.each([
    ['Prolong', () => prolong()],
    ['Undo', () => cancel()],
  ] as const)('%s: nothing is begun, and Koban is not asked', async (method, act) => {
    const readings = office.calls('ncOption/GetLotStatus');
    await take();
    expect(await act()).toMatchObject({ kind: 'refused', code: 'not-found', sent: false });
    expect(office.calls('ncOption/GetLotStatus')).toBe(readings);
    expect(office.calls(`ncOption/${method}`)).toBe(0);
    expect(inKoban()).toHaveLength(1);
  });

  it('what the same form did before is still told', async () => {
    const form = { formKey: randomUUID(), id, rank: 1 as const, until: await dayMore() };
    await prolongOption(partner, form);
    await take();
    expect((await prolongOption(partner, form)).changing.kind).toBe('done');
  });
});

describe('what Koban tells while the lot is being read', () => {
  const both = [
    ['Prolong', () => prolong()],
    ['Undo', () => cancel()],
  ] as const;
  /** Begins the act, and does something once its reading is under way. */
  const whileRead = async (act: () => Promise<unknown>, then: () => Promise<void>) => {
    office.fault({ method: 'ncOption/GetLotStatus', mode: 'slow', delayMs: 200 });
    const before = office.calls('ncOption/GetLotStatus');
    const answer = act();
    await vi.waitFor(() => expect(office.calls('ncOption/GetLotStatus')).toBe(before + 1));
    await then();
    return answer;
  };

  it.each(both)('%s: our rank 2 was cancelled and a rival has it', async (method, act) => {
    extcode = office.freeLots[1] ?? '';
    rivalTakes(office, extcode, inMinutes(-1).getTime());
    id = await placed(partner, office, extcode, 2);
    const ours = inKoban()[1]?.thirdGuid ?? '';
    await tell('option-placed', { Third_Guid: ours, Rank: '2' });
    const answer = await whileRead(act, async () => {
      cancelInSandbox(scene(office), extcode, 2);
      rivalTakes(office, extcode);
      await tell('option-cancelled', { Third_Guid: ours, Rank: '2' });
    });
    expect(answer).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
    expect(inKoban()).toHaveLength(2);
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });

  it.each(both)('%s: ours has ended here meanwhile', async (method, act) => {
    const answer = await whileRead(act, async () => {
      await asSystem((tx) => tx.update(option).set({ state: 'cancelled' }).where(eq(option.id, id)));
    });
    expect(answer).toMatchObject({ kind: 'refused', code: 'option-over', sent: false });
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });

  it.each(both)('%s: its rank was set right meanwhile', async (method, act) => {
    const answer = await whileRead(act, async () => {
      await asSystem((tx) => tx.update(option).set({ rank: 2 }).where(eq(option.id, id)));
    });
    expect(answer).toMatchObject({ kind: 'refused', code: 'rank-moved', sent: false });
    expect(office.calls(`ncOption/${method}`)).toBe(0);
  });
});

describe('two minutes around a full or half hour', () => {
  it.each([
    ['Prolong', () => prolong()],
    ['Undo', () => cancel()],
  ] as const)('%s: nothing is sent, and it is said from when it may be', async (method, act) => {
    kobanPast(office, -1);
    await hear(office);
    const answer = await act();
    expect(answer).toMatchObject({ kind: 'refused', code: 'quiet', sent: false });
    const again = answer.kind === 'refused' ? answer.retryAt : null;
    expect((again?.getTime() ?? 0) % 1_800_000).toBe(120_000);
    expect(office.calls(`ncOption/${method}`)).toBe(0);
    expect(await operationsOf(office, 'prolongation')).toEqual([]);
  });

  it('is looked at once more before sending: the half hour came while the lot was read', async () => {
    kobanPast(office, 1);
    // What Koban's clock shows is learnt from the very answer that proves the option ours.
    expect(await prolong()).toMatchObject({ kind: 'refused', code: 'quiet', sent: false });
    expect(office.calls('ncOption/Prolong')).toBe(0);
    const [row] = await operationsOf(office, 'prolongation');
    expect(row).toMatchObject({ state: 'refused', phase: 'prolong' });
    expect((await optionOf(id)).code).toBeNull();
    kobanPast(office, 10);
    await hear(office);
    expect((await prolong()).kind).toBe('done');
  });
});

const faults = [
  { mode: 'refuse' },
  { mode: 'drop-before' },
  { mode: 'hang-before' },
  { mode: 'hang-after' },
  { mode: 'reset-after' },
  { mode: 'close-after' },
  { mode: 'cut-after' },
  { mode: 'error-after' },
  { mode: 'garbage' },
  { mode: 'truncated' },
  { mode: 'no-content' },
  { mode: 'rate-limit' },
  { mode: 'redirect', applies: true },
  { mode: 'late', delayMs: 50, reply: 'reset' },
] as Omit<FaultInput, 'method'>[];

describe.each(faults)('fault $mode', (fault) => {
  const inject = (method: string) => office.fault({ ...fault, method } as FaultInput);
  const readBack = async (effect: string) => {
    await resumeAll(inMinutes(1));
    if (fault.mode === 'late') await vi.waitFor(() => expect(office.effects(effect)).toBe(1));
    for (const minutes of [3, 6, 16, 47]) await resumeAll(inMinutes(minutes));
  };

  it('on GetLotStatus: nothing is sent, and another try succeeds', async () => {
    inject('ncOption/GetLotStatus');
    expect(await prolong()).toMatchObject({ kind: 'unsent', sent: false });
    expect(office.calls('ncOption/Prolong')).toBe(0);
    expect((await told(id)).at(-1)?.action).toBe('prolongation-unsent');
    expect((await prolong()).kind).toBe('done');
  });

  it('on Prolong: never sent twice; done when the end is read as moved, else no trace', async () => {
    inject('ncOption/Prolong');
    const until = await dayMore();
    expect(await prolong()).toMatchObject({ kind: 'uncertain', code: 'prolong-unknown' });
    expect((await told(id)).at(-1)).toMatchObject({ action: 'prolongation-uncertain' });
    expect(await line()).toMatchObject({
      state: 'placed',
      code: 'prolong-unknown',
      change: { state: 'uncertain' },
    });
    expect(await cancel()).toMatchObject({ kind: 'refused', code: 'act-under-way' });
    await readBack('option-prolonged');
    const moved = office.effects('option-prolonged') === 1;
    expect(await optionOf(id)).toMatchObject(
      moved
        ? { state: 'placed', code: null, prolongedTo: until, expiresAt: until }
        : { state: 'placed', code: 'prolong-no-trace', prolongedTo: null },
    );
    const [row] = await operationsOf(office, 'prolongation');
    expect(row?.state).toBe(moved ? 'done' : 'uncertain');
    if (moved)
      expect((await told(id)).at(-1)).toMatchObject({ action: 'prolonged', facts: { proof: 'reading' } });
    expect(office.calls('ncOption/Prolong')).toBe(1);
    await resumeAll(inMinutes(8 * 24 * 60));
    const [after] = await operationsOf(office, 'prolongation');
    expect(after?.state).toBe(moved ? 'done' : 'abandoned');
  });

  it('on Undo: never sent twice; ended, by nobody knows whom, when it is gone; else no trace', async () => {
    inject('ncOption/Undo');
    expect(await cancel()).toMatchObject({ kind: 'uncertain', code: 'undo-unknown' });
    expect(await optionOf(id)).toMatchObject({ state: 'placed', cancelReason: 'Financement refusé' });
    await readBack('option-cancelled');
    const gone = office.effects('option-cancelled') === 1;
    expect(await optionOf(id)).toMatchObject(
      gone
        ? {
            state: 'cancelled',
            endedBy: 'unproven',
            code: 'ended-unproven',
            cancelReason: 'Financement refusé',
          }
        : { state: 'placed', code: 'undo-no-trace' },
    );
    expect((await told(id)).at(-1)?.action).toBe(gone ? 'cancelled' : 'cancellation-uncertain');
    expect(office.calls('ncOption/Undo')).toBe(1);
    expect(inKoban()).toHaveLength(gone ? 0 : 1);
  });
});

it('an unknown prolongation of rank 2 stays unknown: Koban shows no end of it', async () => {
  extcode = office.freeLots[1] ?? '';
  rivalTakes(office, extcode, inMinutes(-1).getTime());
  id = await placed(partner, office, extcode, 2);
  await tell('option-placed', { Third_Guid: inKoban()[1]?.thirdGuid ?? '', Rank: '2' });
  office.fault({ method: 'ncOption/Prolong', mode: 'reset-after' });
  expect((await prolong()).kind).toBe('uncertain');
  for (const minutes of [1, 3, 6, 16, 47]) await resumeAll(inMinutes(minutes));
  expect(await optionOf(id)).toMatchObject({ state: 'placed', code: 'prolong-unknown', prolongedTo: null });
});

describe('many at once', () => {
  it('the same form sent ten times is one Prolong', async () => {
    const form = { formKey: randomUUID(), id, rank: 1 as const, until: await dayMore() };
    const all = await Promise.all(Array.from({ length: 10 }, () => prolongOption(partner, form)));
    expect(all.map(({ changing }) => changing.kind).filter((kind) => kind === 'refused')).toEqual([]);
    expect((await prolongOption(partner, form)).changing.kind).toBe('done');
    expect(office.calls('ncOption/Prolong')).toBe(1);
    const other = { ...form, until: new Date(form.until.getTime() + HOUR_MS) };
    expect((await prolongOption(partner, other)).changing).toMatchObject({ code: 'form-reused' });
  });

  it('a prolongation and a cancellation at once: one of them, and the other is told', async () => {
    office.fault({ method: 'ncOption/GetLotStatus', mode: 'slow', delayMs: 100 });
    const all = [await Promise.all([prolong(), cancel()])].flat();
    expect(all.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'refused')).toMatchObject([{ code: 'act-under-way' }]);
    expect(office.calls('ncOption/Prolong') + office.calls('ncOption/Undo')).toBe(1);
  });

  it('a prolongation made at the promoter’s desk meanwhile is Koban’s to refuse', async () => {
    office.fault({ method: 'ncOption/Prolong', mode: 'slow', delayMs: 200 });
    const asking = prolong();
    await vi.waitFor(() => expect(office.calls('ncOption/Prolong')).toBe(1));
    prolongInSandbox(scene(office), extcode, 1, (await dayMore()).getTime());
    expect(await asking).toMatchObject({ kind: 'refused', code: 'already-prolonged', sent: true });
  });
});
