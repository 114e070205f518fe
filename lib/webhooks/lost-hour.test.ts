import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { expiryBoundary } from '@/lib/core/half-hours';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  forgetActs,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { followPromoter } from '@/lib/jobs/follow-stock';
import { expireOptions } from '@/lib/options/expire-options';
import { expiry, placed, rivalTakes } from '@/lib/options/testing';
import { reviewReservations } from '@/lib/reservations/review-reservations';
import { madeAt, reservationOf, reserved } from '@/lib/reservations/testing';
import { reviewLots } from './review-lots';
import { keptOf, openDoor, optionsOn, type Postman } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** How often the jobs go round here. In life the expiry of options is looked for every three seconds. */
const ROUND_S = 30;
/** RELIABILITY, check 36. */
const LONGEST_MS = 10 * MINUTE;

let db: Database;
let office: Office;
let postman: Postman;
beforeAll(async () => {
  db = await testDatabase();
  await forgetActs();
  office = await openOffice();
  postman = await openDoor(office);
  office.koban.policy.apiUserCap = 100;
});
afterAll(async () => {
  await office.close();
  await db.close();
});

/** What happens on one lot: what stands there at the beginning, and what the salesman does at which minute. */
type Story = {
  name: string;
  begin?: (extcode: string) => Promise<unknown>;
  act?: { minute: number; run: (extcode: string) => void };
};

const ours = (rank: 1 | 2) => async (extcode: string) =>
  placed(await addPartner([office]), office, extcode, rank);
const reservations = new Map<string, string>();
async function reservedByUs(extcode: string): Promise<void> {
  const partner = await addPartner([office]);
  const id = await reserved(partner, office, await acceptedDenonciation(partner, office), extcode);
  const at = new Date(Date.now() - 60 * MINUTE);
  await madeAt(id, at);
  const preresv = office.koban.lot(extcode)?.preresv;
  if (preresv) preresv.at = at.getTime();
  reservations.set(extcode, id);
}
/** Two placements of one second end in one second: Koban's readings could not tell them apart. */
async function nextSecond(): Promise<void> {
  const before = Math.floor(Date.now() / SECOND);
  await vi.waitFor(() => expect(Math.floor(Date.now() / SECOND)).toBeGreaterThan(before), 2_000);
}
const desk = (name: string, input: object = {}) => ({
  run: (extcode: string) => postman.act(name, { lot: extcode, ...input }),
});

const stories: Story[] = [
  { name: 'cancelled', begin: ours(1), act: { minute: 5, ...desk('cancel-option') } },
  {
    name: 'prolonged',
    begin: ours(1),
    // At once after its lot was read: the longest time to the next reading.
    act: {
      minute: 0,
      run: (extcode) =>
        postman.act('prolong-option', { lot: extcode, until: kobanNow() + 5 * 24 * 60 * MINUTE }),
    },
  },
  {
    name: 'expired',
    begin: async (extcode) => {
      office.koban.policy.optionHours = 1;
      await ours(1)(extcode);
      office.koban.policy.optionHours = 72;
    },
  },
  {
    name: 'moved up',
    begin: async (extcode) => {
      await ours(1)(extcode);
      await nextSecond();
      await ours(2)(extcode);
    },
    act: { minute: 20, ...desk('cancel-option', { rank: 1 }) },
  },
  {
    name: 'a stranger behind',
    begin: ours(1),
    act: { minute: 25, run: (extcode) => rivalTakes(office, extcode, kobanNow()) },
  },
  {
    name: 'the second cancelled',
    begin: async (extcode) => {
      rivalTakes(office, extcode);
      await nextSecond();
      await ours(2)(extcode);
    },
    act: { minute: 31, ...desk('cancel-option', { rank: 2 }) },
  },
  { name: 'another price', act: { minute: 36, ...desk('set-price', { priceCents: 198_000_00 }) } },
  { name: 'a stranger’s', act: { minute: 41, ...desk('place-option') } },
  { name: 'validated', begin: reservedByUs, act: { minute: 46, ...desk('validate-reservation') } },
  { name: 'withdrawn', begin: reservedByUs, act: { minute: 51, ...desk('withdraw-reservation') } },
  { name: 'cancelled at last', begin: ours(1), act: { minute: 59, ...desk('cancel-option') } },
];

const kobanNow = () => office.sandbox.clock.now();
let lost = 0;

/** Time passes, in Koban and on what the database keeps the time of; what Koban calls of meanwhile is lost. */
async function pass(seconds: number): Promise<void> {
  office.sandbox.clock.advance(seconds * SECOND);
  office.sandbox.sweep();
  const ago = sql`${`${seconds} seconds`}::interval`;
  const here = sql`promoter_id = ${office.promoter}`;
  await asSystem(async (tx) => {
    await tx.execute(sql`update lot set option_seen_at = option_seen_at - ${ago},
      changed_at = changed_at - ${ago} where ${here}`);
    await tx.execute(sql`update operation set settled_at = settled_at - ${ago} where ${here}`);
    await tx.execute(sql`update reservation set preresv_at = preresv_at - ${ago} where ${here}`);
  });
  await office.sandbox.state.webhooks.idle();
  lost += postman.waiting.splice(0).length;
}

/** What the jobs do of themselves (`lib/jobs/start`), once each. */
async function round(): Promise<void> {
  await followPromoter(office.promoter, 'due');
  await expireOptions(expiry(office), new Date(kobanNow()));
  await reviewLots();
  await reviewReservations();
}

/** Which stories the portal tells otherwise than Koban has them. */
async function diverging(lots: ReadonlyMap<string, string>): Promise<string[]> {
  const rows = await asSystem((tx) =>
    tx
      .select()
      .from(lot)
      .where(and(eq(lot.promoterId, office.promoter), inArray(lot.extcode, [...lots.values()]))),
  );
  const mirror = new Map(rows.map((row) => [row.extcode, row]));
  const wrong: string[] = [];
  for (const [name, extcode] of lots) {
    const there = office.koban.lot(extcode);
    const here = mirror.get(extcode);
    if (!there || !here) throw new Error(`${extcode} is not there`);
    const known = await optionsOn(office, extcode);
    const options = known.filter(({ state }) => state === 'placed');
    const first = there.options.find(({ rank }) => rank === 1);
    const read = here.optionRank !== null || options.length > 0;
    const reservation = reservations.get(extcode);
    const held = reservation && (await reservationOf(reservation)).state === 'preresv';
    const shown = JSON.stringify([
      [here.statusCode, here.priceCents, read && here.optionRank, read && seconds(here.rank1EndsAt)],
      options.map(({ third, rank, expiresAt }) => [third, rank, expiresAt.getTime()]).sort(),
      held ?? false,
    ]);
    const truth = JSON.stringify([
      [
        there.status,
        there.priceCents,
        read && there.options.length,
        read && seconds(first && new Date(first.prolongedTo ?? first.expiresAt)),
      ],
      there.options
        .filter(({ thirdGuid }) => known.some(({ third }) => third === thirdGuid))
        .map(({ thirdGuid, rank, expiresAt }) => [
          thirdGuid,
          rank,
          // A reading cannot tell a prolongation from another's option: it is believed at the end that ours had.
          expiryBoundary(new Date(expiresAt)).getTime(),
        ])
        .sort(),
      there.preresv !== null,
    ]);
    if (shown !== truth) wrong.push(name);
  }
  return wrong;
}
const seconds = (date: Date | null | undefined) => (date ? Math.floor(date.getTime() / SECOND) : null);

it('loses every call of an hour, and is equal to Koban again within ten minutes of each act, by few readings', async () => {
  const programme = office.programmes[0] ?? '';
  postman.act('add-lots', { programme, count: stories.length, prefix: 'H-' });
  await followPromoter(office.promoter, 'due');
  const lots = new Map(stories.map(({ name }, index) => [name, `${programme}-H-${index + 1}`]));
  for (const { name, begin } of stories) await begin?.(lots.get(name) ?? '');
  // The option of an hour ends within the hour that follows.
  await pass(40 * 60);
  await round();
  expect(await diverging(lots)).toEqual([]);
  lost = 0;
  const asked = { read: office.calls('ncOption/GetLotStatus'), stock: office.calls('ncDeal/GetUpdated') };
  const since = new Map<string, number>();
  const took = new Map<string, number>();
  const acted = new Map<string, number>();
  const note = async () => {
    const wrong = new Set(await diverging(lots));
    for (const name of wrong) if (!since.has(name)) since.set(name, acted.get(name) ?? kobanNow());
    for (const [name, at] of since) {
      if (wrong.has(name)) continue;
      took.set(name, Math.max(kobanNow() - at, took.get(name) ?? 0));
      since.delete(name);
    }
  };
  const begun = kobanNow();
  let rounds = 0;
  const spent = () => kobanNow() - begun;
  while (spent() < 60 * MINUTE || (since.size > 0 && spent() < 60 * MINUTE + LONGEST_MS)) {
    for (const { name, act } of stories) {
      if (!act || acted.has(name) || spent() < act.minute * MINUTE) continue;
      act.run(lots.get(name) ?? '');
      acted.set(name, kobanNow());
    }
    await pass(ROUND_S);
    await note();
    await round();
    await note();
    rounds += 1;
  }

  expect(lost).toBeGreaterThanOrEqual(8);
  expect(await keptOf(office)).toEqual([]);
  // Each was told otherwise for a while, or this test would see nothing; and none is now.
  expect([...took.keys()].sort()).toEqual(stories.map(({ name }) => name).sort());
  expect([...since.keys()]).toEqual([]);
  for (const [name, ms] of took) expect(ms, name).toBeLessThanOrEqual(LONGEST_MS);
  // One look at the stock each round; of the seven lots with an option one reading in nine minutes, and one for what changed.
  expect(office.calls('ncDeal/GetUpdated') - asked.stock).toBe(rounds);
  expect(office.calls('ncOption/GetLotStatus') - asked.read).toBeLessThanOrEqual(60);

  const endOf = async (name: string) =>
    (await optionsOn(office, lots.get(name) ?? '')).map(({ state, endedBy }) => [state, endedBy]);
  expect(await endOf('cancelled')).toEqual([['cancelled', 'unproven']]);
  expect(await endOf('expired')).toEqual([['expired', 'koban']]);
  expect(await endOf('moved up')).toEqual([
    ['cancelled', 'unproven'],
    ['placed', null],
  ]);
  const withdrawn = reservations.get(lots.get('withdrawn') ?? '') ?? '';
  expect(await reservationOf(withdrawn)).toMatchObject({ state: 'withdrawn', proof: 'reading' });
}, 600_000);
