import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as passwords from '@/lib/auth/password';
import { hashPassword } from '@/lib/auth/password';
import { type MadeAccount, makeAccount, makeCabinet } from '@/lib/auth/testing';
import { fixedClock } from '@/lib/core/clock';
import type { Database } from '@/lib/db/client';
import { account, audit, rateLimit } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { type SignInOutcome, signIn } from './sign-in';

let db: Database;
let cabinetId: string;
let passwordHash: string;
const password = 'lune verte sur quai';
beforeAll(async () => {
  db = await testDatabase();
  cabinetId = await makeCabinet();
  passwordHash = await hashPassword(password);
});
afterAll(() => db.close());

const adviser = () => makeAccount({ role: 'adviser', cabinetId }, { passwordHash });
const start = new Date('2026-11-23T09:00:00Z');
let networks = 0;
/** A network that no other test fails from. */
const network = () => `10.0.${networks++}`;
const waitOf = (outcome: SignInOutcome, now: Date) =>
  outcome.kind === 'slowed' ? outcome.until.getTime() - now.getTime() : 0;

async function fail(person: MadeAccount, from: string, times: number, clock = fixedClock(start)) {
  const kinds: string[] = [];
  for (let time = 0; time < times; time++) {
    const visit = { network: from, device: null };
    kinds.push((await signIn({ email: person.email, password: 'not it' }, visit, clock)).kind);
  }
  return kinds;
}

describe('sign-in', () => {
  it('opens with the password, is audited, and hashes at the floor of argon2id or above', async () => {
    const person = await adviser();
    const outcome = await signIn({ email: person.email, password }, { network: network(), device: null });
    expect(outcome).toMatchObject({
      kind: 'done',
      home: 'partner',
      account: { id: person.id, sessionVersion: 1 },
    });
    const entries = await asSystem((tx) => tx.select().from(audit).where(eq(audit.subjectId, person.id)));
    expect(entries).toMatchObject([{ action: 'session.opened', actorKind: 'partner', facts: null }]);
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('takes one spelling of an accent for another', async () => {
    const composed = 'été à la mère noire';
    const person = await makeAccount(
      { role: 'adviser', cabinetId },
      { passwordHash: await hashPassword(composed) },
    );
    const typed = { email: person.email, password: composed.normalize('NFD') };
    expect((await signIn(typed, { network: network(), device: null })).kind).toBe('done');
  });

  it('gives one answer, after the same work, to whoever cannot enter', async () => {
    const verify = vi.spyOn(passwords, 'verifyPassword');
    const queries = vi.spyOn(db.orm, 'transaction');
    const wrong = await adviser();
    const disabled = await adviser();
    await asSystem((tx) => tx.update(account).set({ disabledAt: start }).where(eq(account.id, disabled.id)));
    const invited = await makeAccount({ role: 'adviser', cabinetId });
    const tries = [
      { email: wrong.email, password: 'not it' },
      { email: 'nobody@exemple.fr', password },
      { email: disabled.email, password },
      { email: invited.email, password },
    ];
    const work = [];
    for (const one of tries) {
      verify.mockClear();
      queries.mockClear();
      const outcome = await signIn(one, { network: network(), device: null });
      work.push({ outcome, hashed: verify.mock.calls.length, queries: queries.mock.calls.length });
    }
    const same = { outcome: { kind: 'refused' }, hashed: 1, queries: 2 };
    expect(work).toEqual([same, same, same, same]);
    verify.mockRestore();
    queries.mockRestore();
  });

  it('spends on an unknown address what it spends on a known one', async () => {
    const spend = async (hash: string | null) => {
      const began = performance.now();
      for (let time = 0; time < 8; time++) await passwords.verifyPassword(hash, 'not it');
      return performance.now() - began;
    };
    await spend(passwordHash);
    const [known, unknown] = [await spend(passwordHash), await spend(null)];
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe('too many tries', () => {
  it('wait longer and longer, a quarter of an hour at most', async () => {
    const person = await adviser();
    const from = network();
    const clock = fixedClock(start);
    expect(await fail(person, from, 5, clock)).toEqual(Array(5).fill('refused'));
    const waits: number[] = [];
    for (let round = 0; round < 10; round++) {
      const visit = { network: from, device: null };
      const slowed = await signIn({ email: person.email, password: 'not it' }, visit, clock);
      waits.push(waitOf(slowed, clock.now()) / 1000);
      clock.advance(waitOf(slowed, clock.now()));
      await fail(person, from, 1, clock);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('keep nobody out for ever, even by one who takes every freed try on the same network', async () => {
    const person = await adviser();
    const from = network();
    const clock = fixedClock(start);
    await fail(person, from, 5, clock);
    const asOwner = (device: string | null) =>
      signIn({ email: person.email, password }, { network: from, device }, clock);
    for (let taken = 0; taken < 7; taken++) {
      const attack = await signIn(
        { email: person.email, password: 'x' },
        { network: from, device: null },
        clock,
      );
      clock.advance(waitOf(attack, clock.now()));
      expect(await fail(person, from, 1, clock)).toEqual(['refused']);
    }
    const first = await asOwner(null);
    if (first.kind !== 'slowed') throw new Error(first.kind);
    clock.advance(waitOf(first, clock.now()));
    expect(await fail(person, from, 1, clock)).toEqual(['refused']);
    // Without its place the owner's browser would wait again.
    expect((await asOwner(null)).kind).toBe('slowed');
    expect((await asOwner(first.device)).kind).toBe('done');
  });

  it('give a place that waited one try, and no more', async () => {
    const person = await adviser();
    const from = network();
    const clock = fixedClock(start);
    await fail(person, from, 5, clock);
    const wrong = (device: string | null) =>
      signIn({ email: person.email, password: 'x' }, { network: from, device }, clock);
    const first = await wrong(null);
    if (first.kind !== 'slowed') throw new Error(first.kind);
    expect((await wrong(first.device)).kind).toBe('slowed');
    clock.advance(waitOf(first, clock.now()));
    await fail(person, from, 1, clock);
    expect((await wrong(first.device)).kind).toBe('refused');
    expect((await wrong(first.device)).kind).toBe('slowed');
  });

  it('are audited, by the account or a hash, and a flood of slowed ones by no more than its line', async () => {
    const person = await adviser();
    const from = network();
    await fail(person, from, 60);
    await signIn({ email: 'nobody.here@exemple.fr', password }, { network: network(), device: null });
    const entries = await asSystem((tx) => tx.select().from(audit));
    const own = entries.filter(({ subjectId }) => subjectId === person.id).map(({ action }) => action);
    expect(own.filter((action) => action === 'session.refused')).toHaveLength(5);
    expect(own.filter((action) => action === 'session.slowed')).toHaveLength(20);
    expect(entries.at(-1)).toMatchObject({ action: 'session.refused', subjectType: 'address' });
    expect(JSON.stringify(entries)).not.toContain('@');
  });

  it('never keep the owner out: another network, a known device, or patience', async () => {
    const person = await adviser();
    const from = network();
    const clock = fixedClock(start);
    const right = { email: person.email, password };
    const before = await signIn(right, { network: from, device: null }, clock);
    const device = before.kind === 'done' ? before.device : null;
    await fail(person, from, 12, clock);
    const here = await signIn(right, { network: from, device: null }, clock);
    expect(here.kind).toBe('slowed');
    expect((await signIn(right, { network: network(), device: null }, clock)).kind).toBe('done');
    expect((await signIn(right, { network: from, device }, clock)).kind).toBe('done');
    clock.advance(waitOf(here, clock.now()));
    expect((await signIn(right, { network: from, device: null }, clock)).kind).toBe('done');
  });

  it('slow a known device by its own failures, and know it for its owner only', async () => {
    const [person, other] = [await adviser(), await adviser()];
    const from = network();
    const clock = fixedClock(start);
    const first = await signIn({ email: person.email, password }, { network: from, device: null }, clock);
    const device = first.kind === 'done' ? first.device : null;
    const tryWith = (email: string) =>
      signIn({ email, password: 'not it' }, { network: from, device }, clock);
    for (let time = 0; time < 5; time++) await tryWith(person.email);
    expect((await tryWith(person.email)).kind).toBe('slowed');
    await fail(other, from, 5, clock);
    expect((await tryWith(other.email)).kind).toBe('slowed');
  });

  it('are counted before they are made, so that thirty at once are not all free', async () => {
    const person = await adviser();
    const from = network();
    const clock = fixedClock(start);
    const kinds = await Promise.all(Array.from({ length: 30 }, () => fail(person, from, 1, clock)));
    expect(kinds.flat().filter((kind) => kind === 'refused')).toHaveLength(5);
  });

  it('slow a network that tries many addresses, known or not, and nobody else', async () => {
    const hash = vi.spyOn(passwords, 'verifyPassword').mockResolvedValue(false);
    const from = network();
    const clock = fixedClock(start);
    const spray = (index: number, source: string) =>
      signIn({ email: `n${index}@exemple.fr`, password: 'x' }, { network: source, device: null }, clock);
    const kinds: string[] = [];
    for (let index = 0; index < 61; index++) kinds.push((await spray(index, from)).kind);
    expect(kinds.slice(0, 60)).toEqual(Array(60).fill('refused'));
    expect(kinds[60]).toBe('slowed');
    expect((await spray(61, network())).kind).toBe('refused');
    hash.mockRestore();
  });

  it('are forgotten after an hour, and hold nothing readable', async () => {
    const person = await adviser();
    const from = network();
    const clock = fixedClock(start);
    await fail(person, from, 5, clock);
    clock.advance(61 * 60_000);
    expect(await fail(person, from, 5, clock)).toEqual(Array(5).fill('refused'));
    const rows = await asSystem((tx) => tx.select({ key: rateLimit.key }).from(rateLimit));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ key }) => key.includes('@') || key.includes(from))).toEqual([]);
  });
});
