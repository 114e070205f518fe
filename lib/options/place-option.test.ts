import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mintSystem } from '@/lib/core/mint';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { account, convention, lot as lotTable, operation, operationStep, option } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import {
  acceptedDenonciation,
  addPartner,
  closeProgramme,
  fileAndRun,
  forgetActs,
  formFor,
  inMinutes,
  mint,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { resumeDueOperations } from '@/lib/operations/resume';
import type { FaultInput } from '@/sandbox/core/faults';
import { cancelOption as cancelInSandbox, placeOption as placeInSandbox } from '@/sandbox/core/options';
import { resumeOption } from './add-option';
import { cancelOption } from './cancel-option';
import { checkLot } from './check-lot';
import { placeOption } from './place-option';
import { prolongOption } from './prolong-option';
import { listOptions, liveOption } from './queries';
import { reconcileLot } from './reconcile-lot';
import { optionFilterSchema } from './schema';
import { kobanPast } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => (crash.now ? Promise.reject(new Error('killed')) : testKoban(id)),
}));
/** The process dies before it reaches Koban. */
const crash = vi.hoisted(() => ({ now: false }));

/** How long the partner is kept waiting for the rank: as the portal has it, or no time at all. */
const patience = vi.hoisted(() => ({ none: false }));
vi.mock('node:timers/promises', async (original) => {
  const timers = await original<typeof import('node:timers/promises')>();
  const setTimeout: typeof timers.setTimeout = (ms, ...rest) =>
    timers.setTimeout(patience.none ? 0 : ms, ...rest);
  return { ...timers, setTimeout };
});

const pulls = vi.hoisted(() => vi.fn(async () => true));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: pulls }));

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
  patience.none = false;
  return () => office.close();
});
afterAll(() => db.close());

const request = (changes: { confirmedRank?: 1 | 2; lot?: string; denonciationId?: string } = {}) => ({
  formKey: randomUUID(),
  lot: { promoter: office.slug, extcode: changes.lot ?? extcode },
  denonciationId: changes.denonciationId ?? denonciationId,
  confirmedRank: changes.confirmedRank ?? 1,
});
const place = async (actor: PartnerActor, changes: Parameters<typeof request>[0] = {}) =>
  (await placeOption(actor, request(changes))).placing;
const resume = (at: Date) =>
  resumeDueOperations({ mint, runners: { denonciation: poseDenonciation, option: resumeOption } }, at);
const optionOf = async (id: string) => {
  const [row] = await asSystem((tx) => tx.select().from(option).where(eq(option.id, id)));
  if (!row) throw new Error('No such option');
  return row;
};

/** What the stock mirror holds of the lot's options. */
const mirrored = async () => {
  const { promoterId, optionRank, rank1EndsAt } = lotTable;
  const rows = await asSystem((tx) =>
    tx
      .select({ optionRank, rank1EndsAt })
      .from(lotTable)
      .where(and(eq(promoterId, office.promoter), eq(lotTable.extcode, extcode))),
  );
  return rows[0];
};

/** A rival takes the next rank of the lot, at the promoter's own desk. */
function rivalTakes(where: Office = office, placedAt = Date.now()): void {
  const guid = where.koban.newGuid('third');
  where.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: 'Rival' } });
  const rank = (where.koban.lot(extcode)?.options.length ?? 0) + 1;
  const scene = {
    world: where.sandbox.state,
    account: where.koban,
    cause: { origin: 'console' as const, callId: null },
  };
  placeInSandbox(scene, { extcode, thirdGuid: guid, rank, placedAt, partGuid: null });
}

describe('placing an option', () => {
  it('shows the granted rank, places it, and learns its exact end from Koban', async () => {
    const check = await checkLot(partner, { promoter: office.slug, extcode });
    expect(check).toMatchObject({ kind: 'granted', rank: 1, prospects: [{ denonciationId, full: false }] });
    const { placing, afterwards } = await placeOption(partner, request());
    if (placing.kind !== 'placed') throw new Error(placing.kind);
    expect(placing.expiresAt.getTime() % 1_800_000).toBe(0);
    const body = office.sandbox.state.ledger.calls({ method: 'ncOption/Add' })[0]?.body;
    expect(body).toMatchObject({
      Deal: { Extcode: extcode },
      Rank: 1,
      Part: { Guid: expect.stringMatching(/^[0-9a-f]{24}$/) },
      Third: { Guid: expect.stringMatching(/^[0-9a-f]{24}$/) },
    });
    await afterwards?.();
    const [end] = office.koban.lot(extcode)?.options ?? [];
    const seen = await optionOf(placing.id);
    expect(seen).toMatchObject({ state: 'placed', proof: 'answer', rank: 1, expiryFromKoban: true });
    expect(seen.expiresAt.getTime()).toBe(Math.ceil((end?.expiresAt ?? 0) / 1_800_000) * 1_800_000);
    expect(await mirrored()).toMatchObject({ optionRank: 1, rank1EndsAt: expect.any(Date) });
    // Koban alone tells the lot's status: the mirror is asked to fetch it now.
    expect(pulls).toHaveBeenCalledWith('follow-promoter', { promoterId: office.promoter }, expect.anything());
    expect((await listOptions(partner, optionFilterSchema.parse({}))).lines).toMatchObject([
      { id: placing.id, state: 'placed', lot: { extcode } },
    ]);
  });

  it('gives a second partner rank 2 with the end of rank 1, and a third nothing', async () => {
    expect((await place(partner)).kind).toBe('placed');
    const second = await addPartner([office]);
    const seconds = await acceptedDenonciation(second, office);
    const check = await checkLot(second, { promoter: office.slug, extcode });
    // Koban's own date lies within the half hour before; it is the half hour that the partner reads.
    const first = office.koban.lot(extcode)?.options[0]?.expiresAt ?? 0;
    const rank1Until = new Date(Math.ceil(first / 1_800_000) * 1_800_000);
    expect(check).toMatchObject({ kind: 'granted', rank: 2, rank1Until });
    const { placing, afterwards } = await placeOption(
      second,
      request({ denonciationId: seconds, confirmedRank: 2 }),
    );
    expect(placing).toMatchObject({ kind: 'placed', rank: 2, expiryFromKoban: false });
    await afterwards?.();
    expect(await mirrored()).toMatchObject({ optionRank: 2, rank1EndsAt: expect.any(Date) });
    office.plug();
    const third = await addPartner([office]);
    const thirds = await acceptedDenonciation(third, office);
    const lot = { promoter: office.slug, extcode };
    expect(await checkLot(third, lot)).toMatchObject({ kind: 'refused', code: 'lot-full' });
    expect(await place(third, { denonciationId: thirds, confirmedRank: 2 })).toMatchObject({
      kind: 'refused',
      code: 'lot-full',
    });
  });

  it('tells Koban’s yes without waiting for a lot that is slow to be read, and learns the rank behind it', async () => {
    const slow = { method: 'ncOption/GetLotStatus', mode: 'slow', delayMs: 500 } as const;
    patience.none = true;
    office.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 300 });
    const placed = placeOption(partner, request());
    // The rank was granted: the next reading is that of the option just placed.
    await vi.waitFor(() => expect(office.calls('ncOption/Add')).toBe(1));
    office.fault(slow);
    const { placing, afterwards } = await placed;
    if (placing.kind !== 'placed' || !afterwards) throw new Error(placing.kind);
    expect(placing).toMatchObject({ rank: null, expiryFromKoban: false });
    expect((await listOptions(partner, optionFilterSchema.parse({}))).lines).toMatchObject([
      { id: placing.id, state: 'placed', rank: null },
    ]);
    await afterwards();
    expect(await liveOption(partner, placing.id)).toMatchObject({
      rank: 1,
      code: null,
      expiryFromKoban: true,
    });
  });

  it('shows in the stock what was asked for when Koban took it and cannot be read', async () => {
    office.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 300 });
    const placed = placeOption(partner, request());
    await vi.waitFor(() => expect(office.calls('ncOption/Add')).toBe(1));
    office.fault({ method: 'ncOption/GetLotStatus', mode: 'garbage' });
    const { placing, afterwards } = await placed;
    expect(placing).toMatchObject({ kind: 'placed', rank: null, expiryFromKoban: false });
    await afterwards?.();
    expect(await mirrored()).toMatchObject({ optionRank: 1, rank1EndsAt: expect.any(Date) });
    expect(pulls).toHaveBeenLastCalledWith(
      'follow-promoter',
      { promoterId: office.promoter },
      expect.anything(),
    );
  });

  it('asks again when the rank changed in between, and sends nothing', async () => {
    rivalTakes();
    expect(await place(partner)).toMatchObject({
      kind: 'rank-changed',
      rank: 2,
      rank1EndsAt: expect.any(Date),
    });
    expect(office.calls('ncOption/Add')).toBe(0);
    expect((await listOptions(partner, optionFilterSchema.parse({}))).lines).toEqual([]);
    expect(await place(partner, { confirmedRank: 2 })).toMatchObject({ kind: 'placed', rank: 2 });
  });

  it('goes to the record that the check named, when two are the same person and none was kept then', async () => {
    const form = formFor(office);
    const wire = { Label: form.lastName, FirstName: form.firstName, Phone: form.phone };
    const guids = [office.koban.newGuid('third'), office.koban.newGuid('third')];
    for (const guid of guids) office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire });
    const body = { Activated: true, IsDenonced: false, Exists: true, Third: { Guid: guids[1] } };
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', body });
    office.fault({ method: 'ncThird/GetByLabel', mode: 'refuse' });
    const [filed = ''] = await fileAndRun(partner, form);
    expect((await place(partner, { denonciationId: filed })).kind).toBe('placed');
    expect(office.koban.lot(extcode)?.options.map((each) => each.thirdGuid)).toEqual([guids[1]]);
  });

  it('says that it names no broker while Koban has no record of the cabinet, even once it has one', async () => {
    const set = (kobanGuid: string | null) =>
      asSystem((tx) =>
        tx.update(convention).set({ kobanGuid }).where(eq(convention.cabinetId, partner.cabinet)),
      );
    const [mine] = await asSystem((tx) =>
      tx.select().from(convention).where(eq(convention.cabinetId, partner.cabinet)),
    );
    await set(null);
    expect((await place(partner)).kind).toBe('placed');
    await set(mine?.kobanGuid ?? null);
    expect((await place(partner, { lot: office.freeLots[1] ?? '' })).kind).toBe('placed');
    const { lines } = await listOptions(partner, optionFilterSchema.parse({}));
    const said = Object.fromEntries(lines.map(({ lot, withoutBroker }) => [lot.extcode, withoutBroker]));
    expect(said).toEqual({ [extcode]: true, [office.freeLots[1] ?? '']: false });
  });

  it('refuses before sending what the portal knows to be impossible', async () => {
    const other = await addPartner([office]);
    expect(await place(other)).toMatchObject({ kind: 'refused', code: 'denonciation-not-usable' });
    const outside = await addPartner([office], { programmes: ['NOWHERE'] });
    expect(await place(outside)).toMatchObject({ kind: 'refused', code: 'lot-unavailable' });
    for (const lot of office.freeLots.slice(0, 3)) {
      expect((await place(partner, { lot })).kind).toBe('placed');
    }
    const lot = office.freeLots[3] ?? '';
    expect(await place(partner, { lot })).toMatchObject({ kind: 'refused', code: 'prospect-limit' });
    expect(await place(partner)).toMatchObject({ kind: 'refused', code: 'already-on-lot' });
    expect(office.effects('option-placed')).toBe(3);
  });

  it.each(['inactive', 'withdrawn'] as const)('asks Koban nothing where the programme is %s', async (how) => {
    const readings = office.calls('ncOption/GetLotStatus');
    await closeProgramme(office, how);
    const refused = { kind: 'refused', code: 'lot-unavailable' };
    expect(await checkLot(partner, { promoter: office.slug, extcode })).toMatchObject(refused);
    expect(await place(partner)).toMatchObject(refused);
    expect(office.calls('ncOption/GetLotStatus')).toBe(readings);
  });

  it('leaves an option to its holder when the programme closes after it', async () => {
    kobanPast(office, 10);
    const placing = await place(partner);
    if (placing.kind !== 'placed') throw new Error(placing.kind);
    const { id } = placing;
    await closeProgramme(office);
    expect((await listOptions(partner, optionFilterSchema.parse({}))).lines).toMatchObject([
      { id, shut: null, prolongation: expect.anything() },
    ]);
    const until = new Date(placing.expiresAt.getTime() + 24 * 3_600_000);
    const { changing } = await prolongOption(partner, { formKey: randomUUID(), id, rank: 1, until });
    expect(changing.kind).toBe('done');
    const cancelled = await cancelOption(partner, {
      formKey: randomUUID(),
      id,
      rank: 1,
      reason: 'Financement',
    });
    expect(cancelled.changing.kind).toBe('done');
  });

  it("keeps to the convention's limit when many are asked at once", async () => {
    const limited = await addPartner([office], { maxOptions: 2 });
    const all = await Promise.all(
      office.freeLots.slice(0, 6).map(async (lot) => {
        const id = await acceptedDenonciation(limited, office);
        return place(limited, { lot, denonciationId: id });
      }),
    );
    expect(all.filter((placing) => placing.kind === 'placed')).toHaveLength(2);
    expect(office.effects('option-placed')).toBe(2);
  });

  it.each([
    ['01', 'prospect-limit'],
    ['02', 'lot-not-open'],
    ['03', 'account-limit'],
    ['04', 'lot-prereserved'],
    ['05', 'lot-full'],
    ['77', 'koban-refused'],
  ])("puts Koban's errorcode %s as %s", async (errorcode, code) => {
    const body = { success: false, errorcode, message: 'Refus' };
    office.fault({ method: 'ncOption/Add', mode: 'business', body });
    expect(await place(partner)).toMatchObject({ kind: 'refused', code, kobanMessage: 'Refus' });
  });
});

it.each([
  [401, 'koban-keys-refused'],
  [429, 'koban-asks-to-wait'],
] as const)('says that Koban answered %i on GetLotStatus', async (status, code) => {
  for (let times = 0; times < 2; times += 1) {
    office.fault({ method: 'ncOption/GetLotStatus', mode: 'business', status, body: {} });
  }
  expect(await place(partner)).toMatchObject({ kind: 'unsent', code });
  const seen = await checkLot(partner, { promoter: office.slug, extcode });
  expect(seen).toMatchObject({ kind: 'unanswered', code });
});

describe('a prospect whose record is not known yet', () => {
  /** Denounced while Koban could not be asked whose record is theirs. */
  async function unidentified(): Promise<string> {
    const form = formFor(office);
    const wire = { Label: form.lastName, FirstName: form.firstName, Phone: form.phone };
    const guid = office.koban.newGuid('third');
    office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire });
    const body = { Activated: true, IsDenonced: false, Exists: true };
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', body });
    office.fault({ method: 'ncThird/GetByLabel', mode: 'refuse' });
    const [id = ''] = await fileAndRun(partner, form);
    return id;
  }

  it.each([
    ['ncThird/GetByLabel', { mode: 'hang-before' }, 'koban-silent'],
    ['ncThird/GetByLabel', { mode: 'garbage' }, 'koban-unreadable'],
    ['ncThird/GetByLabel', { mode: 'business', status: 401, body: {} }, 'koban-keys-refused'],
  ] as const)(
    '%s %o: nothing is begun, %s is said, and another try succeeds',
    async (method, fault, code) => {
      const id = await unidentified();
      office.fault({ method, ...fault } as FaultInput);
      expect(await place(partner, { denonciationId: id })).toEqual({ kind: 'unsent', id: null, code });
      expect((await listOptions(partner, optionFilterSchema.parse({}))).lines).toEqual([]);
      expect((await place(partner, { denonciationId: id })).kind).toBe('placed');
    },
  );

  it('is the promoter’s to check when Koban answers, and names nobody for certain', async () => {
    const id = await unidentified();
    office.koban.thirds.clear();
    expect(await place(partner, { denonciationId: id })).toMatchObject({
      kind: 'refused',
      code: 'prospect-unidentified',
    });
    // Its record might be found by e-mail, had that been answered.
    office.fault({ method: 'ncThird/GetOneByKey', mode: 'garbage' });
    expect(await place(partner, { denonciationId: id })).toMatchObject({
      kind: 'unsent',
      code: 'koban-unreadable',
    });
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

  it('on GetLotStatus: nothing is sent, and another try succeeds', async () => {
    inject('ncOption/GetLotStatus');
    expect(await place(partner)).toMatchObject({ kind: 'unsent' });
    expect(office.calls('ncOption/Add')).toBe(0);
    expect((await place(partner)).kind).toBe('placed');
  });

  it('on Add: never sent twice, never shown as done or refused, the lot held until its end', async () => {
    inject('ncOption/Add');
    const placing = await place(partner);
    if (placing.kind !== 'uncertain') throw new Error(placing.kind);
    const rival = await addPartner([office]);
    const rivals = await acceptedDenonciation(rival, office);
    const attempt = await place(rival, { denonciationId: rivals, confirmedRank: 2 });
    expect(attempt).toMatchObject({ kind: 'refused', code: 'act-under-way' });
    await resume(inMinutes(1));
    if (fault.mode === 'late') await vi.waitFor(() => expect(office.effects('option-placed')).toBe(1));
    for (const minutes of [3, 6, 16, 47]) await resume(inMinutes(minutes));
    const applied = office.effects('option-placed');
    expect(office.calls('ncOption/Add')).toBe(1);
    expect(await optionOf(placing.id)).toMatchObject({
      state: 'uncertain',
      code: applied === 1 ? 'one-more' : 'add-no-trace',
    });
    await resume(inMinutes(73 * 60));
    expect(await optionOf(placing.id)).toMatchObject({ state: 'abandoned', code: 'never-known' });
    expect(office.calls('ncOption/Add')).toBe(1);
  });
});

describe.each(['refuse', 'grant-next'] as const)(
  'a rank that moves while Add is under way, policy %s',
  (policy) => {
    /** Places, and does something at the promoter's desk once the Add is on its way. */
    async function whileAdding(confirmedRank: 1 | 2, then: () => void) {
      office.koban.policy.wrongRank = policy;
      office.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 200 });
      const placing = place(partner, { confirmedRank });
      await vi.waitFor(() => expect(office.calls('ncOption/Add')).toBe(1));
      then();
      return placing;
    }
    /** The rank that the ledger shows of the option that the portal placed. */
    const inKoban = () => office.koban.lot(extcode)?.options.find(({ byApi }) => byApi);
    const hourEarlier = () => rivalTakes(office, inMinutes(-61).getTime());
    const leave = (rank: number) =>
      cancelInSandbox(
        { world: office.sandbox.state, account: office.koban, cause: { origin: 'console', callId: null } },
        extcode,
        rank,
      );

    it('is told and stored as Koban has it when a rival came before', async () => {
      const placing = await whileAdding(1, () => rivalTakes(office, inMinutes(-1).getTime()));
      if (placing.kind !== 'placed') {
        expect(policy).toBe('refuse');
        expect(placing).toMatchObject({ kind: 'refused', code: 'koban-refused' });
        return;
      }
      expect(policy).toBe('grant-next');
      expect(inKoban()?.rank).toBe(2);
      expect(placing.rank).toBe(2);
      const stored = await optionOf(placing.id);
      expect(stored).toMatchObject({ state: 'placed', rank: 2, code: null, expiryFromKoban: false });
      // The end of ours, not that of the rival, who holds rank 1.
      expect(stored.expiresAt.getTime()).toBe(Math.ceil((inKoban()?.expiresAt ?? 0) / 1_800_000) * 1_800_000);
    });

    it('is told and stored as Koban has it when rank 1 left', async () => {
      hourEarlier();
      const placing = await whileAdding(2, () => leave(1));
      if (placing.kind !== 'placed') return expect(policy).toBe('refuse');
      expect(inKoban()?.rank).toBe(1);
      expect(placing.rank).toBe(1);
      expect(await optionOf(placing.id)).toMatchObject({ rank: 1, code: null, expiryFromKoban: true });
    });

    it('is said to be unknown while Koban shows nothing of it, and no change of it is sent', async () => {
      const unread = () => {
        rivalTakes(office, inMinutes(-61).getTime());
        office.fault({ method: 'ncOption/GetLotStatus', mode: 'garbage', remaining: 9 });
      };
      const placing = await whileAdding(1, unread);
      if (placing.kind !== 'placed') return expect(policy).toBe('refuse');
      expect(placing.rank).toBeNull();
      expect(await liveOption(partner, placing.id)).toMatchObject({ rank: null, code: 'rank-unproven' });
      expect(await optionOf(placing.id)).toMatchObject({ state: 'placed', code: 'rank-unproven' });
      const form = { formKey: randomUUID(), id: placing.id, rank: null, reason: 'Financement refusé' };
      expect((await cancelOption(partner, form)).changing).toMatchObject({
        code: 'rank-unproven',
        sent: false,
      });
      office.sandbox.state.faults.clear();
      await asSystem((tx) =>
        tx
          .update(operation)
          .set({ settledAt: inMinutes(-1) })
          .where(eq(operation.lotExtcode, extcode)),
      );
      await reconcileLot(mintSystem('system', office.promoter, 'reconcile'), {
        extcode,
        told: async () => ({ sightings: [], loose: [], ends: [] }),
      });
      expect(await optionOf(placing.id)).toMatchObject({ rank: 2, code: null });
    });
  },
);

describe('many at once', () => {
  it('the same form sent ten times is one Add', async () => {
    const same = request();
    const all = await Promise.all(Array.from({ length: 10 }, () => placeOption(partner, same)));
    const ids = new Set(all.map(({ placing }) => ('id' in placing ? placing.id : placing.kind)));
    expect(ids.size).toBe(1);
    expect(all.filter(({ placing }) => placing.kind === 'refused')).toEqual([]);
    expect(office.effects('option-placed')).toBe(1);
    expect(office.calls('ncOption/Add')).toBe(1);
    const other = { ...same, confirmedRank: 2 as const };
    expect((await placeOption(partner, other)).placing).toMatchObject({ code: 'form-reused' });
    expect(office.calls('ncOption/Add')).toBe(1);
  });

  it('twenty partners on one lot get two options at most, and nobody is told a false yes', async () => {
    const rivals = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const actor = await addPartner([office]);
        return { actor, id: await acceptedDenonciation(actor, office) };
      }),
    );
    const tries = [1, 2, 1, 2] as const;
    const told: string[] = [];
    for (const confirmedRank of tries) {
      const all = await Promise.all(
        rivals.map(({ actor, id }) => place(actor, { denonciationId: id, confirmedRank })),
      );
      told.push(...all.map((placing) => placing.kind));
    }
    const placed = told.filter((kind) => kind === 'placed').length;
    expect(placed).toBe(2);
    expect(office.effects('option-placed')).toBe(placed);
  });

  it('two promoters on one Koban account never have two acts open on one lot', async () => {
    const twin = await openOffice({ sharing: office });
    const there = await addPartner([twin]);
    const theirs = await acceptedDenonciation(there, twin);
    office.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 150 });
    const [ours, other] = await Promise.all([
      place(partner),
      placeOption(there, {
        ...request({ denonciationId: theirs }),
        lot: { promoter: twin.slug, extcode },
      }),
    ]);
    const kinds = [ours, other.placing];
    expect(kinds.filter((placing) => placing.kind === 'placed')).toHaveLength(1);
    expect(kinds.filter((placing) => placing.kind === 'refused')).toMatchObject([{ code: 'act-under-way' }]);
    expect(office.calls('ncOption/Add')).toBe(1);
  });
});

it('keeps the hash of what was sent, before it was sent', async () => {
  const { placing } = await placeOption(partner, request());
  const { operationId } = await optionOf('id' in placing ? (placing.id ?? '') : '');
  const steps = await asSystem((tx) =>
    tx.select().from(operationStep).where(eq(operationStep.operationId, operationId)),
  );
  expect(steps.map((step) => [step.name, step.state])).toEqual([
    ['grant', 'done'],
    ['add', 'done'],
  ]);
  expect(new Set(steps.map((step) => step.sentHash)).size).toBe(2);
});

describe('an option whose process died before Koban was asked', () => {
  const interrupted = async () => {
    crash.now = true;
    await expect(place(partner)).rejects.toThrow('killed');
    crash.now = false;
  };
  const found = async () => (await listOptions(partner, optionFilterSchema.parse({}))).lines;
  const end = (change: Partial<typeof convention.$inferInsert>) =>
    asSystem((tx) => tx.update(convention).set(change).where(eq(convention.cabinetId, partner.cabinet)));

  it('is placed by the machine soon after', async () => {
    await interrupted();
    await resume(inMinutes(2));
    expect(await found()).toMatchObject([{ state: 'placed' }]);
  });

  it('is not placed two days later', async () => {
    await interrupted();
    await resume(inMinutes(48 * 60));
    expect(await found()).toMatchObject([{ state: 'unsent', code: 'asked-too-long-ago' }]);
    expect(office.calls('ncOption/Add')).toBe(0);
  });

  it.each([
    [
      'its account is disabled',
      () =>
        asSystem((tx) =>
          tx.update(account).set({ disabledAt: new Date() }).where(eq(account.id, partner.account)),
        ),
    ],
    ['its agreement has ended', () => end({ validUntil: '2026-01-31' })],
    ['its agreement no longer names the programme', () => end({ allProgrammes: false })],
    ['its programme has closed', () => closeProgramme(office)],
  ] as const)('is not placed when %s', async (_why, change) => {
    await interrupted();
    await change();
    await resume(inMinutes(2));
    expect(await found()).toMatchObject([{ state: 'unsent', code: 'right-ended' }]);
    expect(office.calls('ncOption/Add')).toBe(0);
  });

  it('is told in the lists when the rank changed meanwhile', async () => {
    await interrupted();
    rivalTakes();
    await resume(inMinutes(2));
    expect(await found()).toMatchObject([{ state: 'refused', code: 'rank-changed-meanwhile' }]);
    expect(office.calls('ncOption/Add')).toBe(0);
  });
});
