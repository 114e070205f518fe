import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import {
  audit,
  denonciation,
  lead,
  operation,
  operationStep,
  option,
  prospect,
  webhookEvent,
} from '@/lib/db/schema/all';
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
import { cancelOption } from '@/lib/options/cancel-option';
import { placeOption } from '@/lib/options/place-option';
import { prolongOption } from '@/lib/options/prolong-option';
import { kobanPast, optionOf } from '@/lib/options/testing';
import { rankOf } from '@/lib/options/verify-option';
import { placeOption as placeInSandbox } from '@/sandbox/core/options';
import { processDueEvents } from './process-events';
import { listEvents } from './queries';
import { replayEvent } from './replay-event';
import { reviewLots } from './review-lots';
import { eventFilterSchema } from './schema';
import {
  addStaff,
  type Call,
  call,
  keptOf,
  mirrorOf,
  nameInMirror,
  openDoor,
  optionsOn,
  type Postman,
} from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
const pulls = vi.hoisted(() => vi.fn(async () => true));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: pulls }));

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
let third: string;
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
  third = await thirdOf(denonciationId);
  lot = office.freeLots[0] ?? '';
  return () => office.close();
});
afterAll(() => db.close());

async function thirdOf(id: string): Promise<string> {
  const [row] = await asSystem((tx) =>
    tx
      .select({ guid: prospect.kobanGuid })
      .from(prospect)
      .innerJoin(denonciation, eq(denonciation.prospectId, prospect.id))
      .where(eq(denonciation.id, id)),
  );
  if (!row?.guid) throw new Error('Not in Koban');
  return row.guid;
}

/** A partner's prospect of its own, denounced and accepted. */
async function another(): Promise<{ actor: PartnerActor; id: string; third: string }> {
  const actor = await addPartner([office]);
  const id = await acceptedDenonciation(actor, office);
  return { actor, id, third: await thirdOf(id) };
}

const request = (id = denonciationId, confirmedRank: 1 | 2 = 1) => ({
  formKey: randomUUID(),
  lot: { promoter: office.slug, extcode: lot },
  denonciationId: id,
  confirmedRank,
});

/** Places an option as the partner does, some time ago: a reading may then be held against it. */
async function placed(actor = partner, id = denonciationId, rank: 1 | 2 = 1): Promise<void> {
  const { placing } = await placeOption(actor, request(id, rank));
  expect(placing.kind).toBe('placed');
  const settledAt = new Date(Date.now() - 60_000);
  await asSystem((tx) =>
    tx
      .update(operation)
      .set({ settledAt })
      .where(and(eq(operation.lotExtcode, lot), eq(operation.state, 'done'))),
  );
}

/** The salesman places an option for a third at his own desk. */
function place(guid: string, placedAt = Date.now()): void {
  const scene = {
    world: office.sandbox.state,
    account: office.koban,
    cause: { origin: 'console' as const, callId: null },
  };
  const rank = office.koban.lot(lot)?.options.some((each) => each.rank === 1) ? 2 : 1;
  const { success } = placeInSandbox(scene, {
    extcode: lot,
    thirdGuid: guid,
    rank,
    placedAt,
    partGuid: null,
  });
  if (!success) throw new Error('Not placed');
}

function stranger(): string {
  const guid = office.koban.newGuid('third');
  office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: 'Rival' } });
  return guid;
}

/** All that Koban has sent is delivered and worked upon, further looks included. */
async function settle(): Promise<void> {
  await postman.deliverAll();
  await work();
}
async function work(): Promise<void> {
  for (const minutes of [0, 0.1, 0.5, 2, 5]) await processDueEvents(inMinutes(minutes));
}
const told = async () => (await keptOf(office)).map(({ event, state, code }) => [event, state, code]);
const audited = async () => {
  const rows = await asSystem((tx) =>
    tx
      .select({ action: audit.action, kind: audit.actorKind, facts: audit.facts })
      .from(audit)
      .where(and(eq(audit.promoterId, office.promoter), eq(audit.actorKind, 'webhook')))
      .orderBy(asc(audit.id)),
  );
  return rows.map(({ action, facts }) => [action, facts?.lot, facts?.rank, facts?.code]);
};
/** The end of the option of this rank in Koban, at its half hour. */
const endInKoban = (rank: number) => {
  const found = office.koban.lot(lot)?.options.find((each) => each.rank === rank);
  return new Date(Math.ceil((found?.prolongedTo ?? found?.expiresAt ?? 0) / 1_800_000) * 1_800_000);
};

describe('an option placed', () => {
  it('by the salesman for a prospect of a partner becomes that partner’s, with its act done and its end from Koban', async () => {
    place(third);
    await settle();
    expect(await optionsOn(office, lot)).toMatchObject([
      { state: 'placed', proof: 'webhook', rank: 1, third, act: 'done', expiresAt: endInKoban(1) },
    ]);
    expect(await told()).toEqual([['option-placed', 'processed', 'recorded']]);
    expect(await mirrorOf(office, lot)).toMatchObject({ rank: 1 });
    expect(await audited()).toEqual([['option.placed', lot, 1, 'by-promoter']]);
    expect(pulls).toHaveBeenCalledWith('follow-promoter', { promoterId: office.promoter }, expect.anything());
    expect(office.calls('ncOption/Add')).toBe(0);
  });

  it('for a prospect of two partners is nobody’s: the lot shows it', async () => {
    const twin = await another();
    await asSystem((tx) =>
      tx.update(prospect).set({ kobanGuid: third }).where(eq(prospect.kobanGuid, twin.third)),
    );
    place(third);
    await settle();
    expect(await optionsOn(office, lot)).toEqual([]);
    expect(await told()).toEqual([['option-placed', 'processed', 'not-credited']]);
    expect(await mirrorOf(office, lot)).toMatchObject({ rank: 1 });
  });

  it('for somebody else is shown on the lot, and an unknown name that Koban denies is held', async () => {
    place(stranger());
    await settle();
    const body = `Deal_Extcode=${lot}&Third_Guid=5e8b0000000000000000dead&Rank=2&ExpDate=1900000000`;
    await call(office, 'option-placed', { body });
    pulls.mockClear();
    await work();
    expect(pulls).toHaveBeenCalledWith('follow-promoter', { promoterId: office.promoter }, expect.anything());
    expect(await told()).toEqual([
      ['option-placed', 'processed', 'not-ours'],
      ['option-placed', 'quarantined', 'unknown-third'],
    ]);
    expect(await optionsOn(office, lot)).toEqual([]);
    expect(await mirrorOf(office, lot)).toMatchObject({ rank: 1 });
  });

  it.each(['hang-after', 'reset-after', 'garbage'] as const)(
    'proves an Add of ours whose answer was lost (%s): once, and for good',
    async (mode) => {
      office.fault({ method: 'ncOption/Add', mode });
      const { placing } = await placeOption(partner, request());
      expect(placing.kind).toBe('uncertain');
      await settle();
      expect(await optionsOn(office, lot)).toMatchObject([
        { state: 'placed', proof: 'webhook', rank: 1, code: null, act: 'done', expiresAt: endInKoban(1) },
      ]);
      expect(await audited()).toEqual([['option.placed', lot, 1, null]]);
      expect(office.effects('option-placed')).toBe(1);
    },
  );

  it('comes before the answer of our own Add: one option, and the late answer undoes nothing', async () => {
    office.fault({ method: 'ncOption/Add', mode: 'hang-after' });
    const placing = placeOption(partner, request());
    await vi.waitFor(() => expect(postman.waiting).toHaveLength(1));
    await settle();
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed', proof: 'webhook', act: 'done' }]);
    // The Add runs out of time now: its process finds the act settled, and tells the partner so.
    expect((await placing).placing).toMatchObject({ kind: 'placed', rank: 1 });
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed', proof: 'webhook', act: 'done' }]);
    const steps = await asSystem((tx) =>
      tx.select().from(operationStep).where(eq(operationStep.name, 'webhook')),
    );
    expect(steps.filter(({ promoterId }) => promoterId === office.promoter)).toHaveLength(1);
  });

  it('told after our own answer changes nothing but the end', async () => {
    office.koban.policy.optionHours = 48;
    expect((await placeOption(partner, request())).placing.kind).toBe('placed');
    await settle();
    const [row] = await optionsOn(office, lot);
    expect(row).toMatchObject({ state: 'placed', proof: 'answer', expiresAt: endInKoban(1) });
    expect(await audited()).toEqual([]);
  });

  it('does not prove an Add that did not happen: an earlier option’s call says another end', async () => {
    place(third, Date.now() - 5_000);
    const [before] = await sent();
    postman.act('cancel-option', { lot, rank: 1 });
    await sent();
    office.fault({ method: 'ncOption/Add', mode: 'hang-before' });
    expect((await placeOption(partner, request())).placing.kind).toBe('uncertain');
    if (before) await postman.deliver(before);
    await settle();
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'uncertain', act: 'uncertain' }]);
  });
});

/** What Koban has sent since, not delivered. */
async function sent(): Promise<Call[]> {
  await office.sandbox.state.webhooks.idle();
  return postman.waiting.splice(0);
}

describe('an option ended', () => {
  it('by the salesman: cancelled, and rank 2 of ours moves up with the end that Koban gives', async () => {
    const second = await another();
    await placed();
    await placed(second.actor, second.id, 2);
    await settle();
    postman.act('cancel-option', { lot, rank: 1 });
    await settle();
    const rows = await optionsOn(office, lot);
    expect(rows.find((row) => row.third === third)).toMatchObject({
      state: 'cancelled',
      endedBy: 'promoter',
    });
    expect(rows.find((row) => row.third === second.third)).toMatchObject({
      state: 'placed',
      rank: 1,
      expiresAt: endInKoban(1),
    });
    expect(await audited()).toEqual([
      ['option.cancelled', lot, 1, 'promoter'],
      ['option.rank-moved', lot, 1, null],
    ]);
  });

  it('by time: expired, though no rank is told, also where the prospect holds both', async () => {
    place(third, Date.now() - 71 * 3_600_000);
    place(third, Date.now() - 1_000);
    await settle();
    expect((await optionsOn(office, lot)).map(({ rank }) => rank)).toEqual([1, 2]);
    office.sandbox.clock.advance(2 * 3_600_000);
    office.sandbox.sweep();
    await settle();
    expect(await optionsOn(office, lot)).toMatchObject([
      { state: 'expired', endedBy: 'koban' },
      { state: 'placed', rank: 1, expiresAt: endInKoban(1) },
    ]);
  });

  it('that is not: a valid secret and a false cancel leave it, and a person is told', async () => {
    await placed();
    await settle();
    await call(office, 'option-cancelled', { body: `Deal_Extcode=${lot}&Third_Guid=${third}&Rank=1` });
    await work();
    expect(await told()).toEqual([
      ['option-placed', 'processed', 'recorded'],
      ['option-cancelled', 'quarantined', 'contradicted'],
    ]);
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed', rank: 1 }]);
    // Later it is true: played again by a person, it is taken.
    postman.act('cancel-option', { lot, rank: 1 });
    await sent();
    const staff = await addStaff(office);
    const [, held] = await keptOf(office);
    expect(await replayEvent(staff, held?.id ?? 0)).toBe(true);
    await work();
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'cancelled' }]);
    const { lines } = await listEvents(staff, eventFilterSchema.parse({ event: 'option-cancelled' }));
    expect(lines.map(({ replayedBy }) => replayedBy)).toContain(staff.name);
  });

  it('yesterday, and told again after another was placed: the new one stays', async () => {
    await placed();
    postman.act('cancel-option', { lot, rank: 1 });
    const [, cancel] = await sent();
    if (!cancel) throw new Error('Not told');
    await postman.deliver(cancel);
    await work();
    place(third, Date.now() + 60_000);
    await settle();
    for (let n = 0; n < 3; n += 1) await postman.deliver(cancel);
    await work();
    const rows = await optionsOn(office, lot);
    expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'placed']);
    expect(rows[1]?.expiresAt).toEqual(endInKoban(1));
  });

  it('unheard: the next look at the lot finds out, and does not say why', async () => {
    await placed();
    await settle();
    postman.act('cancel-option', { lot, rank: 1 });
    await sent();
    await reviewLots();
    // Nothing has changed in the mirror yet, and it was read a moment ago.
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed' }]);
    const { lot: table } = await import('@/lib/db/schema/all');
    await asSystem((tx) => tx.update(table).set({ changedAt: new Date() }).where(eq(table.extcode, lot)));
    await reviewLots();
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'cancelled', endedBy: 'unproven' }]);
  });

  it('a moment after our own answer waits: the reading may have been made before', async () => {
    expect((await placeOption(partner, request())).placing.kind).toBe('placed');
    const settled = (settledAt: Date) =>
      asSystem((tx) => tx.update(operation).set({ settledAt }).where(eq(operation.lotExtcode, lot)));
    await settled(inMinutes(1));
    postman.act('cancel-option', { lot, rank: 1 });
    await settle();
    expect((await told()).at(-1)).toEqual(['option-cancelled', 'received', 'act-under-way']);
    await settled(inMinutes(-1));
    await processDueEvents(inMinutes(10));
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'cancelled', endedBy: 'promoter' }]);
  });
});

describe('an option prolonged', () => {
  it.each(['slash', 'seconds'] as const)(
    'ends at the half hour of its new date, told in %s',
    async (webhookInstants) => {
      office.koban.policy.webhookInstants = webhookInstants;
      await placed();
      const until = Date.now() + 6 * 86_400_000;
      postman.act('prolong-option', { lot, rank: 1, until });
      await settle();
      const [row] = await optionsOn(office, lot);
      expect(row).toMatchObject({ state: 'placed', expiresAt: endInKoban(1) });
      expect(Math.floor((row?.prolongedTo?.getTime() ?? 0) / 1_000)).toBe(Math.floor(until / 1_000));
      expect(await audited()).toEqual([['option.prolonged', lot, 1, null]]);
    },
  );

  it('is not believed of rank 1 when Koban’s own reading says otherwise', async () => {
    await placed();
    await settle();
    const [row] = await optionsOn(office, lot);
    const ends = Math.floor((office.koban.lot(lot)?.options[0]?.expiresAt ?? 0) / 1_000);
    const body = `Deal_Extcode=${lot}&Third_Guid=${third}&Rank=1&ExpDate=${ends}&PrgDate=${ends + 86_400}`;
    await call(office, 'option-prolonged', { body });
    await work();
    expect((await told()).at(-1)).toEqual(['option-prolonged', 'quarantined', 'contradicted']);
    expect(await optionsOn(office, lot)).toMatchObject([{ prolongedTo: null, expiresAt: row?.expiresAt }]);
  });
});

describe('however often it is told', () => {
  it('one hundred times, in two processes at once, it is one change and few questions', async () => {
    await placed();
    await settle();
    postman.act('cancel-option', { lot, rank: 1 });
    const [cancel] = await sent();
    if (!cancel) throw new Error('Not told');
    for (let n = 0; n < 100; n += 1) await postman.deliver(cancel);
    const asked = office.calls('ncOption/GetLotStatus');
    await Promise.all([processDueEvents(inMinutes(0)), processDueEvents(inMinutes(0))]);
    await work();
    expect(await audited()).toEqual([['option.cancelled', lot, 1, 'promoter']]);
    expect(office.calls('ncOption/GetLotStatus') - asked).toBeLessThan(6);
    const states = (await keptOf(office)).map(({ state }) => state);
    expect(states.filter((state) => state === 'duplicate').length).toBeGreaterThan(95);
    expect(states).not.toContain('received');
  });

  it('with Koban away nothing is concluded, and all is when it is back', async () => {
    await placed();
    await settle();
    postman.act('cancel-option', { lot, rank: 1 });
    office.unplug();
    await postman.deliverAll();
    await work();
    expect((await keptOf(office)).at(-1)).toMatchObject({ state: 'received', code: 'unread' });
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed' }]);
    office.plug();
    await processDueEvents(inMinutes(20));
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('a call that comes once more, days later, takes no option from its partner', () => {
  const ago = (minutes: number) => sql`clock_timestamp() - ${`${minutes} minutes`}::interval`;
  /** Far from a half hour in Koban, and not in the second of one here: an end on it may be anybody's, rounded. */
  async function quietly(): Promise<void> {
    kobanPast(office, 10);
    await vi.waitUntil(() => {
      const second = Math.floor(Date.now() / 1_000) % 1_800;
      return second > 10 && second < 1_790;
    }, 20_000);
  }
  /** Calls of Koban's about the lot, told and worked upon two days ago. */
  async function tellLongAgo(): Promise<Call[]> {
    const calls = await sent();
    for (const each of calls) await postman.deliver(each);
    await work();
    const receivedAt = ago(2 * 1_440);
    await asSystem((tx) =>
      tx.update(webhookEvent).set({ receivedAt }).where(eq(webhookEvent.lotExtcode, lot)),
    );
    return calls;
  }
  /** Somebody's option of other days: placed, and cancelled. */
  async function cameAndWent(guid: string): Promise<Call[]> {
    place(guid, Date.now() - 3_600_000 - 7_000);
    const rank = office.koban.lot(lot)?.options.length ?? 1;
    const placing = await tellLongAgo();
    postman.act('cancel-option', { lot, rank });
    return [...placing, ...(await tellLongAgo())];
  }
  /** These calls come again once the partner has had its option for ten minutes, and five more pass. */
  async function comeAgain(calls: Call[]): Promise<string> {
    await settle();
    const placedAt = ago(15);
    await asSystem((tx) => tx.update(option).set({ placedAt }).where(eq(option.lotExtcode, lot)));
    const before = (await keptOf(office)).length;
    for (const each of calls) await postman.deliver(each);
    await work();
    const again = (await keptOf(office)).slice(before);
    expect(again.map(({ state }) => state)).toEqual(calls.map(() => 'processed'));
    const receivedAt = ago(5);
    for (const { id } of again)
      await asSystem((tx) => tx.update(webhookEvent).set({ receivedAt }).where(eq(webhookEvent.id, id)));
    const held = (await optionsOn(office, lot)).find(({ state }) => state === 'placed');
    return held?.id ?? '';
  }
  const form = async (id: string) => ({
    formKey: randomUUID(),
    id,
    rank: rankOf((await optionOf(id)).rank),
  });
  const acts = {
    prolong: async (id: string) => {
      const until = new Date((await optionOf(id)).expiresAt.getTime() + 3_600_000);
      return (await prolongOption(partner, { ...(await form(id)), until })).changing;
    },
    cancel: async (id: string) =>
      (await cancelOption(partner, { ...(await form(id)), reason: 'Financement refusé' })).changing,
  };

  it.each(['prolong', 'cancel'] as const)(
    'of rank 1: %s, once somebody’s old placing was told',
    async (act) => {
      await quietly();
      const [placing] = await cameAndWent(stranger());
      await placed();
      const id = await comeAgain(placing ? [placing] : []);
      expect((await acts[act](id)).kind).toBe('done');
    },
  );

  it('of rank 1, prolonged to a half hour that may be anybody’s: what was told before in the same words is no news', async () => {
    await quietly();
    const [placing] = await cameAndWent(stranger());
    await placed();
    const [held] = await optionsOn(office, lot);
    expect((await acts.prolong(held?.id ?? '')).kind).toBe('done');
    const id = await comeAgain(placing ? [placing] : []);
    expect((await acts.cancel(id)).kind).toBe('done');
  });

  it.each(['prolong', 'cancel'] as const)(
    'of rank 1: %s, once the old end of the same prospect’s was told',
    async (act) => {
      await quietly();
      const calls = await cameAndWent(third);
      await placed();
      const id = await comeAgain(calls);
      expect((await acts[act](id)).kind).toBe('done');
    },
  );

  it.each(['prolong', 'cancel'] as const)('of rank 2: %s, behind the same first as ever', async (act) => {
    await quietly();
    const calls = await cameAndWent(stranger());
    place(stranger(), Date.now() - 5_000);
    await tellLongAgo();
    await placed(partner, denonciationId, 2);
    const id = await comeAgain(calls);
    expect((await acts[act](id)).kind).toBe('done');
    expect(office.koban.lot(lot)?.options).toHaveLength(act === 'cancel' ? 1 : 2);
  });

  it('and when it may be true, nothing is sent: of rank 2 ended, with somebody in its place', async () => {
    await quietly();
    place(stranger());
    await placed(partner, denonciationId, 2);
    await settle();
    postman.act('cancel-option', { lot, rank: 2 });
    place(stranger());
    const [cancel] = await sent();
    const held = (await optionsOn(office, lot)).find(({ state }) => state === 'placed');
    if (!cancel || !held) throw new Error('Not told');
    await postman.deliver(cancel);
    const receivedAt = ago(5);
    await asSystem(async (tx) => {
      await tx
        .update(option)
        .set({ placedAt: ago(15) })
        .where(eq(option.lotExtcode, lot));
      await tx.update(webhookEvent).set({ receivedAt }).where(eq(webhookEvent.lotExtcode, lot));
    });
    expect(await acts.cancel(held.id)).toMatchObject({ kind: 'refused', code: 'not-proven', sent: false });
    expect(office.calls('ncOption/Undo')).toBe(0);
  });
});

describe('what nobody here can place is held, whole, for the promoter’s own staff', () => {
  it('a lot that nobody knows, a call that names nobody; not the end of a file that is no one’s here', async () => {
    await call(office, 'option-placed', { body: `Deal_Extcode=NOWHERE&Third_Guid=${third}&Rank=1` });
    await call(office, 'option-cancelled', { body: `Deal_Extcode=${lot}&Rank=1` });
    await call(office, 'reservation-withdrawn', { body: `Deal_Extcode=${lot}` });
    await call(office, 'option-expired', { body: `Third_Guid=${third}` });
    await work();
    expect(await told()).toEqual([
      ['option-placed', 'quarantined', 'unknown-lot'],
      ['option-cancelled', 'quarantined', 'unreadable'],
      ['reservation-withdrawn', 'processed', 'nothing-to-end'],
      ['option-expired', 'quarantined', 'unreadable'],
    ]);
    const other = await openOffice();
    const [mine, foreign] = [await addStaff(office), await addStaff(other)];
    const filter = eventFilterSchema.parse({ state: 'quarantined' });
    const { lines, counts } = await listEvents(mine, filter);
    expect([lines.length, counts.quarantined]).toEqual([3, 3]);
    const id = lines[1]?.id ?? 0;
    expect(lines[1]?.fields).toEqual({ Deal_Extcode: lot, Rank: '1' });
    expect((await listEvents(foreign, filter)).total).toBe(0);
    expect(await replayEvent(foreign, id)).toBe(false);
    await other.close();
  });

  it('a lot that is named by Koban’s guid alone is found, once the mirror knows that guid', async () => {
    place(third);
    const [placing] = await sent();
    const fields = new URLSearchParams(await placing?.request.text());
    fields.delete('Deal_Extcode');
    await call(office, 'option-placed', { body: fields });
    await work();
    expect(await told()).toEqual([['option-placed', 'quarantined', 'unknown-lot']]);
    expect(await optionsOn(office, lot)).toEqual([]);

    await nameInMirror(office, lot);
    const [held] = await keptOf(office);
    await replayEvent(await addStaff(office), held?.id ?? 0);
    await work();
    expect(await told()).toEqual([['option-placed', 'processed', 'recorded']]);
    expect(await optionsOn(office, lot)).toMatchObject([{ state: 'placed', third }]);
  });

  it('a contact or request is kept once, told twice or played again', async () => {
    postman.act('lead', {
      Name: 'Garnier',
      FirstName: 'Paul',
      EMail: 'paul.garnier@exemple.fr',
      Comments: 'T3 au sud',
    });
    const [telling] = await sent();
    await postman.deliver(telling);
    await postman.deliver(telling);
    await work();
    const outcomes = [
      ['lead', 'processed', 'stored'],
      ['lead', 'duplicate', 'same-again'],
    ];
    expect(await told()).toEqual(outcomes);
    const staff = await addStaff(office);
    for (const { id } of await keptOf(office)) await replayEvent(staff, id);
    await work();
    expect(await told()).toEqual(outcomes);
    const rows = await asSystem((tx) => tx.select().from(lead).where(eq(lead.promoterId, office.promoter)));
    expect(rows).toMatchObject([
      { contactType: 'Lead', lastName: 'Garnier', comments: 'T3 au sud', handledAt: null },
    ]);
  });
});
