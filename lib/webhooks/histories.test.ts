import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { denonciation, lot, operation, option, prospect } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, type Office, openOffice, testKoban } from '@/lib/denonciations/testing';
import { processDueEvents } from './process-events';
import { reviewLots } from './review-lots';
import { type Call, openDoor, type Postman } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));
// Calls are worked upon when the test says so, all together.
vi.mock('./process-events', async (original) => ({
  ...(await original<typeof import('./process-events')>()),
  wakeProcessing: () => {},
}));

// Two thousand calls held for a person are no news here.
vi.hoisted(() => vi.stubEnv('LOG_LEVEL', 'silent'));

const HALF_HOUR = 1_800_000;
/** Two prospects of partners, and somebody else's. */
const people = ['ours', 'theirs', 'rival'] as const;
type Person = (typeof people)[number];

/** What the salesman does, and how its telling fares: how many copies, each after so many steps more. */
type Step = {
  act:
    | { kind: 'place'; who: Person }
    | { kind: 'cancel'; rank: 1 | 2 }
    | { kind: 'prolong'; rank: 1 | 2 }
    | { kind: 'wait' };
  late: number[];
};
type History = { steps: Step[]; shuffle: number; losing: 'nothing' | 'ends' | 'anything' };

const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('place' as const), who: fc.constantFrom(...people) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      rank: fc.constantFrom(1 as const, 2 as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('prolong' as const),
      rank: fc.constantFrom(1 as const, 2 as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'wait' as const }) },
);
const histories = fc.record({
  steps: fc.array(fc.record({ act, late: fc.array(fc.nat({ max: 3 }), { maxLength: 2 }) }), {
    minLength: 2,
    maxLength: 7,
  }),
  shuffle: fc.nat(),
  losing: fc.constantFrom('nothing' as const, 'nothing' as const, 'ends' as const, 'anything' as const),
});

let db: Database;
let office: Office;
let postman: Postman;
let partners: [PartnerActor, PartnerActor];
beforeAll(async () => {
  db = await testDatabase();
  office = await openOffice();
  postman = await openDoor(office);
  office.koban.policy.apiUserCap = 100_000;
  partners = [await addPartner([office]), await addPartner([office])];
  office.sandbox.clock.set(Date.now(), true);
});
afterAll(async () => {
  await office.close();
  await db.close();
});

/** One lot with its history, and the guid of each person in Koban. */
type Played = {
  history: History;
  extcode: string;
  thirds: Record<Person, string>;
  later: { at: number; call: Call }[];
};

let made = 0;

/** Lots and people of their own for each history, in Koban and here. */
async function stage(all: History[]): Promise<Played[]> {
  made += 1;
  const programme = office.programmes[0] ?? '';
  const prefix = `H${made}-`;
  postman.act('add-lots', { programme, count: all.length, prefix });
  const played = all.map((history, index): Played => {
    const third = (who: Person) => {
      const guid = office.koban.newGuid('third');
      office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: who } });
      return guid;
    };
    const thirds = { ours: third('ours'), theirs: third('theirs'), rival: third('rival') };
    return { history, extcode: `${programme}-${prefix}${index + 1}`, thirds, later: [] };
  });
  const base = { promoterId: office.promoter, fields: {}, contentHash: 'x', version: 1, actable: true };
  const known = played.flatMap(({ thirds }) =>
    ([thirds.ours, thirds.theirs] as const).map((guid, who) => {
      const partner = partners[who === 0 ? 0 : 1];
      const whose = { promoterId: office.promoter, cabinetId: partner.cabinet, accountId: partner.account };
      return { guid, whose, prospectId: randomUUID(), operationId: randomUUID() };
    }),
  );
  await asSystem(async (tx) => {
    await tx.insert(lot).values(
      played.map(({ extcode }) => ({
        ...{
          ...base,
          extcode,
          label: extcode,
          programmeCode: programme,
          statusCode: 'LIBRE',
          secondary: false,
        },
      })),
    );
    await tx.insert(prospect).values(
      known.map(({ guid, whose, prospectId }) => ({
        ...{ ...whose, id: prospectId, extcode: guid, kobanGuid: guid, lastName: 'Delorme', firstName: guid },
        ...{ email: `${guid}@exemple.fr`, phone: '+33612345678', consentAt: new Date(), search: guid },
      })),
    );
    await tx.insert(operation).values(
      known.map(({ whose, operationId }) => ({
        ...{
          ...whose,
          id: operationId,
          kind: 'denonciation' as const,
          kobanAccount: 'x',
          formKey: randomUUID(),
        },
        ...{ requestHash: 'x', programmeCode: programme, state: 'done' as const, phase: 'create', data: {} },
      })),
    );
    await tx.insert(denonciation).values(
      known.map(({ guid, whose, prospectId, operationId }) => ({
        ...{
          ...whose,
          operationId,
          reference: guid,
          prospectId,
          programmeCode: programme,
          state: 'accepted' as const,
        },
        consentAt: new Date(),
        wish: { typologies: [], rooms: null, budgetCents: null, source: null, comment: null },
      })),
    );
  });
  return played;
}

const isEnd = ({ event }: Call) => event === 'option-cancelled' || event === 'option-expired';
const now = () => new Date(office.sandbox.clock.now());

/** Lets the salesman act on a lot, if Koban lets him, and takes what Koban then tells to be delivered in its time. */
async function play({ history, extcode, thirds, later }: Played, at: number): Promise<void> {
  const step = history.steps[at];
  if (!step) return;
  const lot = { lot: extcode };
  const options = office.koban.lot(extcode)?.options ?? [];
  const there = (rank: number) => options.some((each) => each.rank === rank && each.prolongedTo === null);
  switch (step.act.kind) {
    case 'place': {
      const third = thirds[step.act.who];
      if (options.length < 2) await placeAs(extcode, third);
      break;
    }
    case 'cancel':
      if (options.some(({ rank }) => rank === (step.act.kind === 'cancel' && step.act.rank)))
        postman.act('cancel-option', { ...lot, rank: step.act.rank });
      break;
    case 'prolong':
      if (there(step.act.rank))
        postman.act('prolong-option', {
          ...lot,
          rank: step.act.rank,
          until: now().getTime() + 5 * 86_400_000,
        });
      break;
    case 'wait':
      break;
  }
  await office.sandbox.state.webhooks.idle();
  for (const call of postman.waiting.splice(0)) post({ history, later }, step, at, call);
}

function post(
  { history, later }: Pick<Played, 'history' | 'later'>,
  step: Step | undefined,
  at: number,
  call: Call,
): void {
  const mayLose = history.losing === 'anything' || (history.losing === 'ends' && isEnd(call));
  const copies = step?.late ?? [0];
  for (const after of copies.length > 0 || mayLose ? copies : [0]) later.push({ at: at + after, call });
}

async function placeAs(extcode: string, thirdGuid: string): Promise<void> {
  const { placeOption } = await import('@/sandbox/core/options');
  const scene = {
    world: office.sandbox.state,
    account: office.koban,
    cause: { origin: 'console' as const, callId: null },
  };
  const rank = office.koban.lot(extcode)?.options.some((each) => each.rank === 1) ? 2 : 1;
  placeOption(scene, { extcode, thirdGuid, rank, placedAt: now().getTime(), partGuid: null });
}

/** Delivers what is due, in an order of the history's own. */
async function deliver(played: Played, at: number): Promise<void> {
  const { history, later } = played;
  const due = later.filter((each) => each.at <= at);
  played.later = later.filter((each) => each.at > at);
  for (let size = due.length; size > 0; size -= 1) {
    const [next] = due.splice((history.shuffle * 31 + at) % size, 1);
    if (next) await postman.deliver(next.call);
  }
}

const work = (afterSeconds: number) => processDueEvents(new Date(Date.now() + afterSeconds * 1_000 + spent));
/** How far ahead of the true time the sandbox is: the portal's own present follows it. */
let spent = 0;

/** Time passes in Koban: options end at their half hours, and it tells. */
async function pass(all: Played[], ms: number, at: number): Promise<void> {
  office.sandbox.clock.advance(ms);
  spent += ms;
  office.sandbox.sweep();
  await office.sandbox.state.webhooks.idle();
  for (const call of postman.waiting.splice(0)) {
    const fields = new URLSearchParams(await call.request.clone().text());
    const played = all.find(({ extcode }) => extcode === fields.get('Deal_Extcode'));
    if (played) post(played, played.history.steps[at], at, call);
  }
}

/** Plays every history to its end, all told at last but what is lost. */
async function playOut(all: Played[], gaps: number[]): Promise<void> {
  const longest = Math.max(...all.map(({ history }) => history.steps.length));
  for (let at = 0; at < longest; at += 1) {
    for (const played of all) await play(played, at);
    // Never a whole number of hours, so that no two placements end in one second.
    await pass(all, (gaps[at] ?? 7) * 60_000 + 1_000 * (at + 1), at);
    for (const played of all) await deliver(played, at);
    await work(0);
  }
  for (const played of all) await deliver(played, Number.POSITIVE_INFINITY);
  for (const seconds of [0, 5, 20, 100]) await work(seconds);
}

/** What GetUpdated tells of lots that changed has them read once more. */
async function lookAgain(all: Played[]): Promise<void> {
  const codes = all.map(({ extcode }) => extcode);
  await asSystem((tx) => tx.update(lot).set({ optionSeenAt: null }).where(inArray(lot.extcode, codes)));
  for (let round = 0; round * 100 <= all.length; round += 1) await reviewLots();
}

type Shown = { third: string; rank: number; until: number };
const byRank = (a: Shown, b: Shown) => a.rank - b.rank;

/** What Koban holds for the partners' prospects on a lot. */
const truth = ({ extcode, thirds }: Played): Shown[] =>
  (office.koban.lot(extcode)?.options ?? [])
    .filter(({ thirdGuid }) => thirdGuid !== thirds.rival)
    .map(({ thirdGuid, rank, expiresAt, prolongedTo }) => ({
      third: thirdGuid,
      rank,
      until: Math.ceil((prolongedTo ?? expiresAt) / HALF_HOUR) * HALF_HOUR,
    }))
    .sort(byRank);

/** What the partners are shown, by lot. */
async function shown(): Promise<Map<string, Shown[]>> {
  const rows = await asSystem((tx) =>
    tx
      .select({
        extcode: option.lotExtcode,
        third: sql<string>`${operation.data} ->> 'thirdGuid'`,
        rank: option.rank,
        expiresAt: option.expiresAt,
      })
      .from(option)
      .innerJoin(operation, eq(operation.id, option.operationId))
      .where(eq(option.state, 'placed')),
  );
  const lots = new Map<string, Shown[]>();
  for (const { extcode, third, rank, expiresAt } of rows)
    lots.set(
      extcode,
      [...(lots.get(extcode) ?? []), { third, rank, until: expiresAt.getTime() }].sort(byRank),
    );
  return lots;
}

/** How many options the mirror shows, by lot; null where it was never read. */
async function mirrored(): Promise<Map<string, number | null>> {
  const rows = await asSystem((tx) => tx.select({ extcode: lot.extcode, rank: lot.optionRank }).from(lot));
  return new Map(rows.map(({ extcode, rank }) => [extcode, rank]));
}

describe('histories of one lot', () => {
  it('end equal to Koban in every order, with every duplicate, and with what Koban itself can tell of what was lost', async () => {
    const BATCH = 125;
    await fc.assert(
      fc.asyncProperty(
        fc.array(histories, { minLength: BATCH, maxLength: BATCH }),
        fc.array(fc.integer({ min: 1, max: 29 }), { minLength: 7, maxLength: 7 }),
        async (batch, gaps) => {
          const all = await stage(batch);
          await playOut(all, gaps);
          // What was told is enough where nothing was lost, for the partners and for the lot that everybody sees.
          const [heard, mirror] = [await shown(), await mirrored()];
          for (const played of all.filter(({ history }) => history.losing === 'nothing')) {
            const what = JSON.stringify(played.history);
            expect(heard.get(played.extcode) ?? [], what).toEqual(truth(played));
            const options = office.koban.lot(played.extcode)?.options ?? [];
            if (mirror.get(played.extcode) !== null)
              expect(mirror.get(played.extcode), what).toBe(options.length);
          }
          await lookAgain(all);
          const told = await shown();
          for (const played of all) {
            const here = told.get(played.extcode) ?? [];
            const there = truth(played);
            const what = JSON.stringify(played.history);
            if (played.history.losing !== 'anything') {
              expect(here, what).toEqual(there);
              continue;
            }
            // A placement or a prolongation that nobody told of may hide a holder; it never makes one of thin air.
            const held = office.koban.lot(played.extcode)?.options.length ?? 0;
            expect(here.length, what).toBeLessThanOrEqual(held);
          }
          // In the end everything expires, and every loss is made good.
          await pass(all, 8 * 86_400_000, 0);
          for (const played of all) played.later = [];
          await lookAgain(all);
          const left = await shown();
          for (const { extcode } of all) expect(left.get(extcode) ?? [], extcode).toEqual([]);
        },
      ),
      { numRuns: 8, endOnFailure: true, seed: 20_261_124 },
    );
  }, 900_000);
});
