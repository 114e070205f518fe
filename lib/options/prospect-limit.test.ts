import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { lot } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { kill, start, whoIs } from '@/lib/denonciations/other-process.testing';
import {
  addPartner,
  fileAndRun,
  forgetActs,
  formFor,
  inMinutes,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { type Placing, placeOption } from './place-option';
import { listOptions } from './queries';
import { optionFilterSchema } from './schema';
import { resumeAll } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let adviser: PartnerActor;
let manager: PartnerActor;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  adviser = await addPartner([office]);
  manager = await addPartner([office], { cabinet: adviser.cabinet, role: 'manager' });
  // Long enough that those who are asked at once are on their way at once.
  office.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 100, remaining: null });
  return () => office.close();
});
afterAll(() => db.close());

type Ask = { actor: PartnerActor; denonciationId: string; lot: string };

const formOf = ({ denonciationId, lot: extcode }: Ask) => ({
  formKey: randomUUID(),
  lot: { promoter: office.slug, extcode },
  denonciationId,
  confirmedRank: 1 as const,
});
const place = async (ask: Ask): Promise<Placing> => (await placeOption(ask.actor, formOf(ask))).placing;

/** Lots that nobody has an option on, as Koban has it. */
const free = (lots = office.freeLots) => lots.filter((code) => office.koban.lot(code)?.options.length === 0);

/** A prospect whom this partner denounced, with two of three options running. */
async function atTwo(): Promise<{ form: ReturnType<typeof formFor>; denonciationId: string; third: string }> {
  const form = formFor(office);
  const [denonciationId = ''] = await fileAndRun(adviser, form);
  for (const code of free().slice(0, 2)) {
    expect((await place({ actor: adviser, denonciationId, lot: code })).kind).toBe('placed');
  }
  const third = office.koban.thirdBy(({ wire }) => wire.EMail === form.email.toLowerCase())?.guid ?? '';
  return { form, denonciationId, third };
}

/** How many options of this prospect Koban holds. */
const held = (third: string): number =>
  [...office.koban.allLots()].flatMap(({ options }) => options).filter(({ thirdGuid }) => thirdGuid === third)
    .length;

/** What was told: how many times yes, and every other answer. */
function heard(placings: Placing[]) {
  const others = placings.filter(({ kind }) => kind !== 'placed');
  return {
    yes: placings.length - others.length,
    others: new Set(others.map((one) => ('code' in one ? `${one.kind} ${one.code}` : one.kind))),
  };
}

const ROUNDS = 5;

/** Another process of the portal's; the embedded database belongs to one, and then this is it. */
async function otherProcess() {
  if (!db.pool) return { place: (asks: Ask[]) => Promise.all(asks.map(place)), close: async () => {} };
  const doing = { script: 'lib/options/race.testing.ts', actor: adviser, promoter: office.promoter, act: {} };
  const child = start(doing, { url: db.pool.options.connectionString });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const told = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('The other process ended');
      // Its log goes the same way.
      if (value.startsWith('told ')) return JSON.parse(value.slice('told '.length));
    }
  };
  expect(await told()).toBe('ready');
  return {
    place: (asks: Ask[]): Promise<Placing[]> => {
      const acts = asks.map((ask) => ({ who: whoIs(ask.actor, office.promoter), form: formOf(ask) }));
      child.stdin.write(`${JSON.stringify(acts)}\n`);
      return told();
    },
    close: () => kill(child),
  };
}

describe('a prospect with two options of three', () => {
  it('asked for by an adviser and the manager, each in several tabs: one more at most, and one call', async () => {
    const elsewhere = await otherProcess();
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { denonciationId, third } = await atTwo();
        const before = office.calls('ncOption/Add');
        const asks = free()
          .slice(0, 6)
          .map((code, at) => ({ actor: at % 2 === 0 ? adviser : manager, denonciationId, lot: code }));
        const there = elsewhere.place(asks.slice(0, 3));
        const here = asks.slice(3).map(place);
        const { yes, others } = heard([...(await there), ...(await Promise.all(here))]);
        expect(held(third)).toBe(3);
        expect({ yes, others }).toEqual({ yes: 1, others: new Set(['refused prospect-limit']) });
        // What the portal knows of, it does not leave to Koban to refuse.
        expect(office.calls('ncOption/Add') - before).toBe(1);
      }
    } finally {
      await elsewhere.close();
    }
  }, 90_000);

  it("asked for by another cabinet at the same time, which knows nothing of it: Koban's word, and no false yes", async () => {
    const rival = await addPartner([office]);
    const lots = await showSecond();
    for (let round = 0; round < 3; round += 1) {
      const { form, denonciationId, third } = await atTwo();
      const theirs = { ...form, formKey: randomUUID(), programmes: second() };
      const [rivals = ''] = await fileAndRun(rival, theirs);
      const asks: Ask[] = [
        ...free()
          .slice(0, 3)
          .map((code) => ({ actor: adviser, denonciationId, lot: code })),
        ...free(lots)
          .slice(0, 3)
          .map((code) => ({ actor: rival, denonciationId: rivals, lot: code })),
      ];
      const { yes, others } = heard(await Promise.all(asks.map(place)));
      expect(held(third)).toBe(3);
      expect({ yes, others }).toEqual({ yes: 1, others: new Set(['refused prospect-limit']) });
    }
  }, 60_000);

  it('whose third option has its answer lost: it is unknown, counts, and nothing else is sent', async () => {
    const { denonciationId, third } = await atTwo();
    const before = office.calls('ncOption/Add');
    office.sandbox.state.faults.clear();
    office.fault({ method: 'ncOption/Add', mode: 'hang-after', remaining: null });
    const asks = free()
      .slice(0, 5)
      .map((code) => ({ actor: adviser, denonciationId, lot: code }));
    const { yes, others } = heard(await Promise.all(asks.map(place)));
    expect({ yes, others }).toEqual({
      yes: 0,
      others: new Set(['uncertain add-unknown', 'refused prospect-limit']),
    });
    for (const minutes of [1, 3, 6, 16]) await resumeAll(inMinutes(minutes));
    expect(heard([await place({ actor: manager, denonciationId, lot: free()[0] ?? '' })]).yes).toBe(0);
    expect(office.calls('ncOption/Add') - before).toBe(1);
    expect(held(third)).toBe(3);
    const { lines } = await listOptions(manager, optionFilterSchema.parse({}));
    expect(lines.filter(({ state }) => state === 'placed')).toHaveLength(2);
    expect(lines.filter(({ state }) => state === 'uncertain')).toHaveLength(1);
  }, 60_000);
});

const second = () => [{ promoter: office.slug, code: office.programmes[1] ?? '' }];

/** Puts the office's second programme in the mirror, as its first is. @returns its free lots */
async function showSecond(): Promise<string[]> {
  const lots = [...office.koban.allLots()].filter(
    (one) => one.programme === office.programmes[1] && !one.secondary && one.status === 'LIBRE',
  );
  await asSystem((tx) =>
    tx.insert(lot).values(
      lots.map((one) => ({
        ...{ promoterId: office.promoter, extcode: one.extcode, actable: true, label: one.label, fields: {} },
        ...{ programmeCode: one.programme, statusCode: one.status, secondary: false },
        ...{ contentHash: 'x', version: 0 },
      })),
    ),
  );
  return lots.map(({ extcode }) => extcode);
}
