import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mintStaff, mintSystem } from '@/lib/core/mint';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import {
  account,
  convention,
  lotAlert,
  lotChange,
  notification,
  notificationChoice,
  tellingCursor,
} from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import {
  acceptedDenonciation,
  addPartner,
  type Office,
  openOffice,
  testKoban,
} from '@/lib/denonciations/testing';
import { wordsOfRow } from './compose-notice';
import { notifyPromoter } from './notify-promoter';
import { listWatches } from './queries';
import { saveChoice } from './save-choice';
import {
  askedProlongation,
  codesTo,
  mailTo,
  optionOf,
  record,
  reservationOf,
  setLot,
  setOption,
  teller,
  toldTo,
} from './testing';
import { unwatchLot, watchLot } from './watch-lot';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

/** A process that dies in the middle of what it writes. */
const dying = vi.hoisted(() => ({ now: false }));
vi.mock('@/lib/mail/queue-mail', async (original) => {
  const real = await original<typeof import('@/lib/mail/queue-mail')>();
  return {
    queueMail: (...given: Parameters<typeof real.queueMail>) => {
      if (dying.now) throw new Error('killed');
      return real.queueMail(...given);
    },
  };
});

let db: Database;
let office: Office;
let other: Office;
let adviser: PartnerActor;
let manager: PartnerActor;
let stranger: PartnerActor;
let lot: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  other = await openOffice({ sharing: office, account: 1 });
  adviser = await addPartner([office, other]);
  manager = await addPartner([office], { role: 'manager', cabinet: adviser.cabinet });
  stranger = await addPartner([office]);
  lot = office.freeLots[0] ?? '';
  await tell();
  return () => office.close();
});
afterAll(() => db.close());

const tell = async () => {
  await notifyPromoter(teller(other));
  return notifyPromoter(teller(office));
};
const change = (
  kind: 'price' | 'withdrawn' | 'status',
  before: string | null,
  after: string | null,
  of = office,
) =>
  asSystem((tx) =>
    tx.insert(lotChange).values({
      ...{ promoterId: of.promoter, extcode: lot, programmeCode: of.programmes[0] ?? '' },
      ...{ kind, before, after },
    }),
  );
const ask = (actor: PartnerActor, kind: 'freed' | 'followed', extcode = lot) =>
  watchLot(actor, { promoter: office.slug, extcode, kind });

type Facts = Record<string, string | null>;
/** An option whose end was put off. */
const prolonged = { state: 'placed', prolongedTo: new Date() } as const;

it('tells nothing of what was before the first time', async () => {
  const id = await optionOf(adviser, office, lot, { state: 'expired' });
  await record(teller(office), adviser, office, { action: 'option.expired', id });
  await asSystem((tx) => tx.delete(tellingCursor).where(eq(tellingCursor.promoterId, office.promoter)));
  expect(await tell()).toBe(0);
  expect(await tell()).toBe(0);
  expect(await toldTo(adviser)).toEqual([]);
});

describe('an act', () => {
  it('that its author saw answered is kept in writing for them, and shown to the manager', async () => {
    const id = await optionOf(adviser, office, lot);
    await record(adviser, adviser, office, { action: 'option.placed', id, facts: { lot, rank: 1 } });
    await tell();
    expect(await mailTo(adviser)).toEqual([expect.stringMatching(/^Option de rang 1 posée sur le lot /)]);
    expect((await toldTo(adviser)).filter(({ portal }) => portal)).toEqual([]);
    const seen = (await toldTo(manager)).map(({ code, portal, href }) => ({ code, portal, href }));
    // Of the dénonciation it rests on, too.
    expect(seen).toEqual([
      { code: 'denonciation-accepted', portal: true, href: expect.stringMatching(/^\/denonciations\//) },
      { code: 'option-placed', portal: true, href: `/lots/${office.slug}/${lot}` },
    ]);
    expect(await mailTo(manager)).toEqual([]);
    expect(await toldTo(stranger)).toEqual([]);
    // Told again and again, it is told once.
    expect(await tell()).toBe(0);
    expect(await mailTo(adviser)).toHaveLength(1);
  });

  it.each([
    ['option.expired', { state: 'expired', endedBy: 'koban' }, {}, 'option-expired'],
    ['option.cancelled', { state: 'cancelled', endedBy: 'promoter' }, {}, 'option-cancelled-promoter'],
    ['option.cancelled', { state: 'cancelled', endedBy: 'unproven' }, {}, 'option-ended-unproven'],
    ['option.cancelled', { state: 'cancelled', endedBy: 'partner' }, {}, 'resolved-cancelled'],
    ['option.rank-moved', { state: 'placed', rank: 1 }, { rank: 1 }, 'option-rank-first'],
    ['option.rank-moved', { state: 'placed', rank: 2 }, { rank: 2 }, 'option-rank-moved'],
    ['option.placed', { state: 'placed' }, {}, 'resolved-placed'],
    ['option.placed', { state: 'placed' }, { code: 'by-promoter' }, 'option-by-promoter'],
    ['option.placed', { state: 'placed' }, { code: 'restored' }, 'option-restored'],
    ['option.refused', { state: 'refused' }, {}, 'resolved-not-placed'],
    ['option.prolonged', prolonged, { proof: 'reading' }, 'resolved-prolonged'],
    ['option.prolongation-abandoned', { state: 'placed' }, {}, 'resolved-not-prolonged'],
    ['option.prolongation-refused', { state: 'placed' }, {}, 'resolved-not-prolonged'],
    ['option.cancellation-abandoned', { state: 'placed' }, {}, 'resolved-not-cancelled'],
  ] as const)('%s with %o is told to its author as it is', async (action, row, facts, code) => {
    const id = await optionOf(adviser, office, lot, { ...row });
    await record(teller(office), adviser, office, { action, id, facts });
    await tell();
    expect(await codesTo(adviser)).toEqual([code]);
    expect(await codesTo(manager)).toEqual(['denonciation-accepted', code]);
    expect(await toldTo(stranger)).toEqual([]);
    expect(await mailTo(adviser)).toHaveLength(1);
    const [notice] = await toldTo(adviser);
    expect(notice?.params).toMatchObject({ prospect: expect.stringMatching(/^Lefèvre\d+ Noémie$/) });
    // The name, and nothing more of the prospect.
    expect(JSON.stringify(notice?.params)).not.toMatch(/@|06 ?1/);
  });

  it.each([
    ['option.expired', { state: 'placed' }, {}],
    ['option.cancelled', { state: 'placed' }, {}],
    ['option.rank-moved', { state: 'placed', rank: 1 }, { rank: 2 }],
    ['option.rank-moved', { state: 'expired', rank: 1 }, { rank: 1 }],
    ['option.placed', { state: 'expired' }, {}],
    ['option.placed', { state: 'cancelled' }, { code: 'by-promoter' }],
    ['option.placed', { state: 'expired' }, { code: 'restored' }],
    // The promoter’s own, which nobody had asked for.
    ['option.prolonged', prolonged, {}],
    ['option.prolongation-abandoned', prolonged, {}],
    ['option.cancellation-abandoned', { state: 'expired' }, {}],
  ] as const)('%s is not told once the option is %o', async (action, row, facts) => {
    const id = await optionOf(adviser, office, lot, { ...row });
    await record(teller(office), adviser, office, { action, id, facts });
    await tell();
    expect(await toldTo(adviser)).toEqual([]);
  });

  it('that ended nobody knows by whom is told so, blames no one, and is told anew once it is proven', async () => {
    const id = await optionOf(adviser, office, lot, { state: 'cancelled', endedBy: 'unproven' });
    await record(teller(office), adviser, office, { action: 'option.cancelled', id });
    await tell();
    expect(await mailTo(adviser)).toEqual([expect.stringMatching(/^L’option sur le lot .* a pris fin$/)]);
    const [notice] = await toldTo(adviser);
    const words = notice && wordsOfRow(notice, 'fr');
    expect(words?.text).toContain('rien ne prouve de quel fait');
    expect(`${words?.title} ${words?.text}`).not.toMatch(/promoteur|annulée/);
    // The promoter’s staff then finds that it was our cancellation.
    await setOption(id, { endedBy: 'partner' });
    await record(teller(office), adviser, office, { action: 'option.cancelled', id });
    await tell();
    expect(await codesTo(adviser)).toEqual(['option-ended-unproven', 'resolved-cancelled']);
  });

  it('whose end was wrongly told is told to stand, each time, and its true end after that', async () => {
    const id = await optionOf(adviser, office, lot);
    await record(adviser, adviser, office, { action: 'option.placed', id, facts: { rank: 1, code: null } });
    await tell();
    const become = async (state: 'expired' | 'placed') => {
      await setOption(id, { state });
      const entry =
        state === 'placed'
          ? { action: 'option.placed', facts: { rank: 1, code: 'restored' } }
          : { action: 'option.expired' };
      await record(teller(office), adviser, office, { ...entry, id });
      await tell();
      expect(await tell()).toBe(0);
    };
    for (const state of ['expired', 'placed', 'expired', 'placed', 'expired'] as const) await become(state);
    const codes = ['expired', 'restored', 'expired', 'restored', 'expired'].map((end) => `option-${end}`);
    expect(await codesTo(adviser)).toEqual(['option-placed', ...codes]);
    expect(await codesTo(manager)).toEqual(['denonciation-accepted', 'option-placed', ...codes]);
  });

  it('of the promoter’s own is an option told of, and no act resolved, whatever is chosen of those', async () => {
    await saveChoice(adviser, { kind: 'act-resolved', way: 'portal', on: false });
    await saveChoice(adviser, { kind: 'act-resolved', way: 'mail', on: false });
    const id = await optionOf(adviser, office, lot);
    const facts = { lot, rank: 1, code: 'by-promoter' };
    await record(teller(office), adviser, office, { action: 'option.placed', id, facts });
    await tell();
    expect(await toldTo(adviser)).toMatchObject([{ kind: 'option-accepted', portal: true }]);
    expect(await mailTo(adviser)).toEqual([
      expect.stringMatching(/^Le promoteur a posé une option de rang 1 sur le lot /),
    ]);
  });

  it('whose result was unknown is told when it is known', async () => {
    const id = await acceptedDenonciation(adviser, office);
    await record(teller(office), adviser, office, {
      action: 'denonciation.accepted',
      id,
      facts: { attempt: 1 },
    });
    await tell();
    expect((await toldTo(adviser)).filter(({ portal }) => portal).map(({ code }) => code)).toEqual([
      'resolved-accepted',
    ]);
  });

  it.each([
    ['done', 'staff', 'resolved-prolonged'],
    ['done', 'webhook', 'resolved-prolonged'],
    ['refused', 'webhook', null],
  ] as const)(
    'a prolongation that is %s and was asked for is told by the word of %s: %s',
    async (state, by, code) => {
      const id = await optionOf(adviser, office, lot, { ...prolonged });
      await askedProlongation(adviser, office, id, state);
      const staff = mintStaff({ account: adviser.account, name: 'Léa', promoter: office.promoter });
      const actor = by === 'staff' ? staff : mintSystem('webhook', office.promoter, 'koban');
      const facts: Facts = by === 'staff' ? { proof: 'person' } : { code: null };
      await record(actor, adviser, office, { action: 'option.prolonged', id, facts });
      await tell();
      expect(await codesTo(adviser)).toEqual(code ? [code] : []);
    },
  );

  it('that is judged not done is told each time it was tried', async () => {
    const id = await optionOf(adviser, office, lot);
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await record(teller(office), adviser, office, { action: 'option.prolongation-abandoned', id });
      await tell();
      expect(await tell()).toBe(0);
      expect(await mailTo(adviser)).toHaveLength(attempt);
    }
    // Its author read the answer on screen.
    await record(adviser, adviser, office, { action: 'option.prolongation-refused', id });
    await tell();
    expect(await codesTo(adviser)).toHaveLength(2);
  });

  it.each([
    ['validated', { state: 'validated' }, 'reservation-validated'],
    ['withdrawn', { state: 'withdrawn' }, 'reservation-withdrawn'],
    ['withdrawal-abandoned', { state: 'validated' }, 'resolved-not-withdrawn'],
    ['withdrawal-abandoned', { state: 'withdrawn' }, null],
    ['dossier-sent', { state: 'preresv', fileSent: true }, 'resolved-dossier-sent'],
    ['dossier-sent', { state: 'withdrawn', fileSent: true }, null],
    ['dossier-abandoned', { state: 'preresv', fileSent: false }, 'resolved-dossier-not-sent'],
    // Sent again meanwhile.
    ['dossier-abandoned', { state: 'preresv', fileSent: true }, null],
  ] as const)('on a reservation, %s while it is %o, is told as %s', async (verb, row, code) => {
    const id = await reservationOf(adviser, office, lot, row);
    await record(teller(office), adviser, office, { action: `reservation.${verb}`, id });
    await tell();
    const told = await toldTo(adviser);
    expect(told.map(({ code: of, href }) => [of, href])).toEqual(code ? [[code, `/reservations/${id}`]] : []);
  });
});

describe('whoever', () => {
  const expire = async () => {
    const id = await optionOf(adviser, office, lot, { state: 'expired' });
    await record(teller(office), adviser, office, { action: 'option.expired', id });
    await tell();
  };

  it('has a closed account is told nothing', async () => {
    await asSystem((tx) =>
      tx.update(account).set({ disabledAt: new Date() }).where(eq(account.id, adviser.account)),
    );
    await expire();
    expect(await toldTo(adviser)).toEqual([]);
    expect(await codesTo(manager)).toContain('option-expired');
  });

  it('has no convention with the promoter today is told nothing', async () => {
    const where = and(eq(convention.promoterId, office.promoter), eq(convention.cabinetId, adviser.cabinet));
    const id = await optionOf(adviser, office, lot, { state: 'expired' });
    await asSystem((tx) => tx.update(convention).set({ suspendedAt: new Date() }).where(where));
    await record(teller(office), adviser, office, { action: 'option.expired', id });
    await tell();
    expect(await toldTo(adviser)).toEqual([]);
  });

  it('has chosen ways is told by them alone', async () => {
    await saveChoice(adviser, { kind: 'option-ended', way: 'mail', on: false });
    await saveChoice(manager, { kind: 'cabinet', way: 'portal', on: false });
    await saveChoice(manager, { kind: 'cabinet', way: 'mail', on: true });
    await expire();
    expect(await codesTo(adviser)).toEqual(['option-expired']);
    expect(await mailTo(adviser)).toEqual([]);
    expect((await toldTo(manager)).filter(({ portal }) => portal)).toEqual([]);
    expect(await mailTo(manager)).toEqual([expect.stringMatching(/^Option expirée sur le lot /)]);
    const [kept] = await asSystem((tx) =>
      tx.select().from(notificationChoice).where(eq(notificationChoice.accountId, adviser.account)),
    );
    expect(kept).toMatchObject({ kind: 'option-ended', portal: true, mail: false, push: true });
  });

  it('reads English is written to in English', async () => {
    await asSystem((tx) => tx.update(account).set({ locale: 'en' }).where(eq(account.id, adviser.account)));
    await expire();
    expect(await mailTo(adviser)).toEqual([expect.stringMatching(/^Option ended on lot /)]);
  });
});

describe('a process that dies', () => {
  it('while it writes leaves nothing, and all is told once by the next', async () => {
    const id = await optionOf(adviser, office, lot, { state: 'expired' });
    await record(teller(office), adviser, office, { action: 'option.expired', id });
    dying.now = true;
    await expect(tell()).rejects.toThrow('killed');
    dying.now = false;
    expect(await toldTo(adviser)).toEqual([]);
    await tell();
    expect(await codesTo(adviser)).toEqual(['option-expired']);
    expect(await mailTo(adviser)).toHaveLength(1);
  });

  it('before it notes how far it came tells nothing twice', async () => {
    const id = await optionOf(adviser, office, lot, { state: 'expired' });
    await record(teller(office), adviser, office, { action: 'option.expired', id });
    await tell();
    await asSystem((tx) =>
      tx
        .update(tellingCursor)
        .set({ auditAt: sql`now() - interval '1 hour'`, lotChangeAt: sql`now() - interval '1 hour'` }),
    );
    expect(await tell()).toBe(0);
    // Two of them at once neither.
    const both = await Promise.all([notifyPromoter(teller(office)), notifyPromoter(teller(office))]);
    expect(both).toEqual([0, 0]);
    expect(await codesTo(adviser)).toEqual(['option-expired']);
    expect(await mailTo(adviser)).toHaveLength(1);
  });
});

describe('« Me prévenir si ce lot se libère »', () => {
  const taken = () => setLot(office, lot, { statusCode: 'OPTION' });
  const freed = () => setLot(office, lot, { statusCode: 'LIBRE' });

  it('is honoured once, in the order of asking, and only while the lot is free', async () => {
    await taken();
    expect(await ask(stranger, 'freed')).toEqual({ kind: 'watched' });
    expect(await ask(adviser, 'freed')).toEqual({ kind: 'watched' });
    // Asked again, it keeps its place.
    expect(await ask(stranger, 'freed')).toEqual({ kind: 'watched' });
    await tell();
    expect(await toldTo(adviser)).toEqual([]);
    // Free for a moment only: by the time it is read it is taken.
    await change('status', 'OPTION', 'LIBRE');
    await tell();
    expect(await toldTo(stranger)).toEqual([]);

    await freed();
    await tell();
    const [first, second] = [await toldTo(stranger), await toldTo(adviser)];
    expect([first, second].map((told) => told.map(({ code }) => code))).toEqual([
      ['lot-freed'],
      ['lot-freed'],
    ]);
    expect(first[0]?.id).toBeLessThan(second[0]?.id ?? 0);
    expect(await mailTo(stranger)).toEqual([expect.stringMatching(/^Le lot .* est libre$/)]);
    await taken();
    await tell();
    await freed();
    await tell();
    expect(await toldTo(stranger)).toHaveLength(1);
    // Spent: it may be asked anew.
    await taken();
    expect(await ask(stranger, 'freed')).toEqual({ kind: 'watched' });
    await freed();
    await tell();
    expect(await toldTo(stranger)).toHaveLength(2);
  });

  it('is refused on a lot that is free, and on one that no convention shows', async () => {
    expect(await ask(adviser, 'freed')).toEqual({ kind: 'refused', code: 'lot-available' });
    const elsewhere = await addPartner([office], { programmes: [office.programmes[1] ?? ''] });
    await taken();
    expect(await ask(elsewhere, 'freed')).toEqual({ kind: 'refused', code: 'lot-unknown' });
    expect(await ask(adviser, 'freed', 'NEVER')).toEqual({ kind: 'refused', code: 'lot-unknown' });
  });

  it('waits while the convention no longer shows the lot, and is told even with every way shut', async () => {
    await taken();
    await ask(adviser, 'freed');
    expect(await listWatches(adviser)).toMatchObject([{ kind: 'freed', extcode: lot, statusCode: 'OPTION' }]);
    const where = and(eq(convention.promoterId, office.promoter), eq(convention.cabinetId, adviser.cabinet));
    await asSystem((tx) => tx.update(convention).set({ allProgrammes: false }).where(where));
    expect(await listWatches(adviser)).toEqual([]);
    await freed();
    await tell();
    expect(await toldTo(adviser)).toEqual([]);
    await asSystem((tx) => tx.update(convention).set({ allProgrammes: true }).where(where));
    for (const way of ['portal', 'mail', 'push'] as const)
      await saveChoice(adviser, { kind: 'lot-freed', way, on: false });
    await tell();
    expect((await toldTo(adviser)).map(({ code, portal }) => [code, portal])).toEqual([['lot-freed', true]]);
  });

  it('is taken back', async () => {
    await taken();
    await ask(adviser, 'freed');
    await unwatchLot(adviser, { promoter: office.slug, extcode: lot, kind: 'freed' });
    await freed();
    await tell();
    expect(await toldTo(adviser)).toEqual([]);
    expect(
      await asSystem((tx) => tx.select().from(lotAlert).where(eq(lotAlert.accountId, adviser.account))),
    ).toEqual([]);
  });
});

describe('« Suivre ce lot »', () => {
  it('tells a new price and the withdrawal, to followers and to whoever has an option on it', async () => {
    await ask(stranger, 'followed');
    // To whoever does both, once.
    await ask(adviser, 'followed');
    await saveChoice(adviser, { kind: 'lot-price', way: 'mail', on: true });
    await optionOf(adviser, office, lot);
    await setLot(office, lot, { priceCents: 31_000_000 });
    await change('price', '30000000', '31000000');
    await change('price', '30000000', '31000000', other);
    await tell();
    expect(await codesTo(stranger)).toEqual(['lot-price']);
    expect((await toldTo(stranger))[0]?.params).toMatchObject({ before: 30_000_000, after: 31_000_000 });
    expect((await codesTo(adviser)).filter((code) => code.startsWith('lot'))).toEqual(['lot-price']);
    expect((await codesTo(manager)).filter((code) => code.startsWith('lot'))).toEqual(['lot-price']);
    expect(await mailTo(stranger)).toEqual([]);
    expect(await mailTo(adviser)).toEqual([expect.stringMatching(/^Prix modifié\u00a0: lot /)]);

    await setLot(office, lot, { withdrawnAt: new Date() });
    await change('withdrawn', 'LIBRE', null);
    await tell();
    expect(await codesTo(stranger)).toEqual(['lot-price', 'lot-withdrawn']);
    expect(await mailTo(stranger)).toHaveLength(1);
  });

  it('does not tell a price that has changed again, nor a lot that came back', async () => {
    await ask(adviser, 'followed');
    await setLot(office, lot, { priceCents: 32_000_000 });
    await change('price', '30000000', '31000000');
    await change('withdrawn', 'LIBRE', null);
    await tell();
    expect(await toldTo(adviser)).toEqual([]);
    await change('price', '31000000', '32000000');
    await tell();
    expect(await codesTo(adviser)).toEqual(['lot-price']);
  });
});

it('tells more than a batch at once', async () => {
  await ask(adviser, 'followed');
  await setLot(office, lot, { priceCents: 777 });
  await asSystem((tx) =>
    tx.insert(lotChange).values(
      Array.from({ length: 1_203 }, (_, index) => ({
        ...{ promoterId: office.promoter, extcode: lot, programmeCode: office.programmes[0] ?? '' },
        ...{ kind: 'price' as const, before: '1', after: index === 1_202 ? '777' : String(index) },
      })),
    ),
  );
  await tell();
  // One of them is the price that still holds; 777 was also passed on the way, and is what the lot has.
  expect(new Set(await codesTo(adviser))).toEqual(new Set(['lot-price']));
  const told = await asSystem((tx) =>
    tx.select().from(notification).where(eq(notification.accountId, adviser.account)),
  );
  expect(told).toHaveLength(2);
});

it('tells nothing on the word of another promoter’s audit', async () => {
  const id = await optionOf(adviser, office, lot, { state: 'expired' });
  // The audit of another promoter that names this option.
  await record(teller(other), adviser, other, { action: 'option.expired', id });
  await tell();
  expect(await toldTo(adviser)).toEqual([]);
});
