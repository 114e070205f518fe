import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '@/lib/db/client';
import { account, convention, endedSession } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { absoluteSeconds, idleSeconds } from './cookies';
import {
  actorFromRequest,
  operatorFromRequest,
  partnerConventions,
  partnerFromRequest,
  staffFromRequest,
} from './session';
import {
  type MadeAccount,
  makeAccount,
  makeCabinet,
  makeConvention,
  makePromoter,
  sessionOf,
} from './testing';
import { decodeSession, encodeSession, newSession } from './token';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const requestWith = (cookie: string) =>
  new Request('http://localhost:3000/api/x', { headers: { cookie: `a=b; parvis-session=${cookie}` } });
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const status = async (answer: Promise<unknown>) => {
  const value = await answer;
  return value instanceof Response ? value.status : 200;
};

async function partner(): Promise<{
  person: MadeAccount;
  cookie: string;
  cabinetId: string;
  promoterId: string;
}> {
  const cabinetId = await makeCabinet();
  const { id: promoterId } = await makePromoter();
  await makeConvention(cabinetId, promoterId);
  const person = await makeAccount({ role: 'adviser', cabinetId });
  return { person, cookie: await sessionOf(person), cabinetId, promoterId };
}

describe('gates of routes', () => {
  it('let each kind of person through its own gate only', async () => {
    const { cookie: adviser } = await partner();
    const { id: promoterId } = await makePromoter();
    const staff = await sessionOf(await makeAccount({ role: 'staff', promoterId }));
    const operator = await sessionOf(await makeAccount({ role: 'operator' }));
    const gates = [partnerFromRequest, staffFromRequest, operatorFromRequest];
    const answers = await Promise.all(
      [adviser, staff, operator].map((cookie) =>
        Promise.all(gates.map((gate) => status(gate(requestWith(cookie))))),
      ),
    );
    expect(answers).toEqual([
      [200, 403, 403],
      [403, 200, 403],
      [403, 403, 200],
    ]);
  });

  it('answer 401 without a session, to a forged one and to one sealed for another use', async () => {
    const { cookie } = await partner();
    for (const bad of ['', 'x', `${cookie}x`, '%E0%A4', cookie.slice(0, -2)]) {
      expect(await status(partnerFromRequest(requestWith(bad)))).toBe(401);
    }
    const bearer = new Request('http://localhost:3000/', { headers: { authorization: `Bearer ${cookie}` } });
    expect(await status(partnerFromRequest(bearer))).toBe(401);
  });

  it('give a partner the scope of its own cabinet and conventions', async () => {
    const { cookie, cabinetId, promoterId } = await partner();
    const actor = await actorFromRequest(requestWith(cookie));
    expect(actor).toMatchObject({
      kind: 'partner',
      cabinet: cabinetId,
      scope: { promoters: [promoterId], cabinet: cabinetId },
    });
  });
});

describe('a session', () => {
  type End = (person: MadeAccount) => Promise<unknown>;
  const bump = { sessionVersion: sql`${account.sessionVersion} + 1` };
  const ends: [string, End][] = [
    [
      'the account is disabled',
      (p) => asSystem((tx) => tx.update(account).set({ disabledAt: new Date() }).where(eq(account.id, p.id))),
    ],
    [
      'its role or password changes',
      (p) => asSystem((tx) => tx.update(account).set(bump).where(eq(account.id, p.id))),
    ],
    ['the account is removed', (p) => asSystem((tx) => tx.delete(account).where(eq(account.id, p.id)))],
  ];
  it.each(ends)(
    'ends within five seconds when %s, in a process that was told nothing',
    async (_name, end) => {
      const { person, cookie } = await partner();
      expect(await status(partnerFromRequest(requestWith(cookie)))).toBe(200);
      await end(person);
      later(5_000);
      expect(await status(partnerFromRequest(requestWith(cookie)))).toBe(401);
    },
  );

  it('ends alone when it is signed out', async () => {
    const { person, cookie } = await partner();
    const other = await sessionOf(person);
    const sid = (await decodeSession(cookie))?.sid ?? '';
    await asSystem((tx) =>
      tx
        .insert(endedSession)
        .values({ id: sid, accountId: person.id, expiresAt: new Date(Date.now() + 1e9) }),
    );
    expect(await status(partnerFromRequest(requestWith(cookie)))).toBe(401);
    expect(await status(partnerFromRequest(requestWith(other)))).toBe(200);
  });

  it('ends after twelve idle hours', async () => {
    const { cookie } = await partner();
    later((idleSeconds - 60) * 1000);
    expect(await status(partnerFromRequest(requestWith(cookie)))).toBe(200);
    later(2 * 60_000);
    expect(await status(partnerFromRequest(requestWith(cookie)))).toBe(401);
  });

  it('ends after seven days however often it is renewed', async () => {
    const { person } = await partner();
    let claims = newSession(person);
    const signedInAt = claims.signedInAt;
    let cookie = await encodeSession(claims);
    for (let hour = 0; hour < absoluteSeconds / 3600 - 1; hour += 6) {
      later(6 * 3600_000);
      const read = await decodeSession(cookie);
      if (!read) break;
      claims = read;
      cookie = await encodeSession(claims);
    }
    expect(claims.signedInAt).toBe(signedInAt);
    vi.setSystemTime((signedInAt + absoluteSeconds - 30) * 1000);
    expect(await decodeSession(cookie)).not.toBeNull();
    vi.setSystemTime((signedInAt + absoluteSeconds + 1) * 1000);
    expect(await decodeSession(cookie)).toBeNull();
  });

  it('costs no query while it is fresh', async () => {
    const { cookie } = await partner();
    await partnerFromRequest(requestWith(cookie));
    const queries = vi.spyOn(db.orm, 'transaction');
    for (let request = 0; request < 50; request++) await partnerFromRequest(requestWith(cookie));
    expect(queries).not.toHaveBeenCalled();
    queries.mockRestore();
  });
});

describe('conventions', () => {
  const conventionsOf = async (cookie: string) => {
    const actor = await partnerFromRequest(requestWith(cookie));
    return actor instanceof Response ? [] : partnerConventions(actor);
  };

  it('count on their first and last day in Paris, and not beside', async () => {
    const { cookie, cabinetId } = await partner();
    await asSystem((tx) =>
      tx
        .update(convention)
        .set({ validFrom: '2026-03-29', validUntil: '2026-03-31' })
        .where(eq(convention.cabinetId, cabinetId)),
    );
    const seenAt = async (instant: string) => {
      vi.setSystemTime(new Date(instant));
      const person = await decodeSession(cookie);
      const fresh = await encodeSession({ ...newSession({ id: person?.sub ?? sub, sessionVersion: 1 }) });
      return (await conventionsOf(fresh)).length;
    };
    const sub = (await decodeSession(cookie))?.sub ?? '';
    expect(await seenAt('2026-03-28T22:59:59Z')).toBe(0);
    expect(await seenAt('2026-03-28T23:00:03Z')).toBe(1);
    expect(await seenAt('2026-03-31T21:59:50Z')).toBe(1);
    expect(await seenAt('2026-03-31T22:00:03Z')).toBe(0);
  });

  it('name the programmes that they grant', async () => {
    const cabinetId = await makeCabinet();
    const [some, all] = [await makePromoter('A'), await makePromoter('B')];
    await makeConvention(cabinetId, some.id, ['P1', 'P2'], { maxOptions: 4, kobanGuid: 'abc' });
    await makeConvention(cabinetId, all.id);
    const cookie = await sessionOf(await makeAccount({ role: 'manager', cabinetId }));
    expect(await conventionsOf(cookie)).toEqual([
      {
        promoterId: some.id,
        slug: some.slug,
        name: 'A',
        allProgrammes: false,
        programmes: new Set(['P1', 'P2']),
        kobanGuid: 'abc',
        maxOptions: 4,
      },
      expect.objectContaining({ promoterId: all.id, allProgrammes: true, programmes: new Set() }),
    ]);
  });

  it('are none of another cabinet', async () => {
    await partner();
    const cookie = await sessionOf(await makeAccount({ role: 'adviser', cabinetId: await makeCabinet() }));
    expect(await conventionsOf(cookie)).toEqual([]);
  });
});
