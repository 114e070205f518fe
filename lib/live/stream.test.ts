import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountState } from '@/lib/auth/account-state';
import { makeAccount, makeCabinet, makeConvention, sessionOf } from '@/lib/auth/testing';
import { decodeSession } from '@/lib/auth/token';
import type { LiveKind } from '@/lib/core/live-events';
import { mintScope } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { type Announcement, announce } from '@/lib/db/announce';
import type { Database } from '@/lib/db/client';
import { account, convention, endedSession } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { endSync, takeSync } from '@/lib/stock/hold-lease';
import { liveHub } from './hub';
import { MOST_PER_ACCOUNT } from './open-stream';
import { rightsOf } from './rights';
import { askStream, changeLot, makeAct, makeStock, Stream } from './testing';

let db: Database;
const streams: Stream[] = [];
beforeAll(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.close()));
});
afterAll(async () => {
  await (await liveHub()).close();
  await db.close();
});

async function open(cookie: string, last?: string): Promise<Stream> {
  const stream = await Stream.open(cookie, last);
  streams.push(stream);
  return stream;
}

const say = (announcement: Announcement) => asSystem((tx) => announce(tx, announcement));

async function partner(cabinetId: string, role: 'adviser' | 'manager' = 'adviser') {
  const { id, sessionVersion } = await makeAccount({ role, cabinetId });
  return { id, cookie: await sessionOf({ id, sessionVersion }) };
}

async function office(programmes: 'all' | string[] = 'all') {
  const stock = await makeStock();
  const cabinetId = await makeCabinet();
  await makeConvention(cabinetId, stock.promoter, programmes);
  return { ...stock, cabinetId, ...(await partner(cabinetId)) };
}

/** Everything that a stream was told, after a note to its account that came last. */
async function toldUntilNow(stream: Stream, of: string, kind: LiveKind): Promise<number> {
  const before = stream.of('note').length;
  await say({ kind: 'note', account: of });
  await stream.next('note', before);
  return stream.of(kind).length;
}

describe('the stock', () => {
  it('is told as it changes, several changes together, each event naming where to resume', async () => {
    const { promoter, slug, cookie } = await office();
    const stream = await open(cookie);
    expect((await stream.next('hello')).data).toMatchObject({ promoters: [{ promoter: slug, version: 0 }] });
    for (const number of [0, 1, 2]) await changeLot(promoter, `P1-${number}`, { priceCents: 35_000_000 });
    const { data, id } = await stream.next('stock');
    const versions = stream.of('stock').map((event) => event.data.version);
    expect(versions.length).toBeLessThan(3);
    await expect.poll(() => stream.of('stock').at(-1)?.data.version).toBe(3);
    expect(stream.of('stock').flatMap((event) => event.data.lots)).toHaveLength(3);
    expect(data).toMatchObject({ kind: 'delta', promoter: slug, since: 0, total: 12 });
    expect(id).toBe(`${slug}:${data.version}`);
  });

  it('is told within the programmes of the convention only', async () => {
    const { promoter, cookie } = await office(['P2']);
    const stream = await open(cookie);
    await changeLot(promoter, 'P1-0', { label: 'SECRET' });
    await changeLot(promoter, 'P2-0', { label: 'OPEN' });
    await expect.poll(() => stream.of('stock').at(-1)?.data.version).toBe(2);
    const told = JSON.stringify(stream.of('stock'));
    expect(told).toContain('OPEN');
    expect(told).not.toContain('SECRET');
    expect(told).not.toContain('P1-0');
  });

  it('is not told of a promoter with whom there is no convention', async () => {
    const mine = await office();
    const other = await office();
    const stream = await open(mine.cookie);
    await changeLot(other.promoter, 'P1-0', { priceCents: 1 });
    await changeLot(mine.promoter, 'P1-0', { priceCents: 1 });
    await stream.next('stock');
    expect(JSON.stringify(stream.heard)).not.toContain(other.slug);
  });

  it('is the same bytes for all who see the same', async () => {
    const { promoter, cabinetId, id, cookie } = await office();
    const other = await partner(cabinetId);
    const hub = await liveHub();
    const written: Buffer[][] = [[], []];
    const viewers = [];
    for (const [index, who] of [{ id, cookie }, other].entries()) {
      const state = await accountState(who.id);
      const rights = state && rightsOf(state);
      if (!rights) throw new Error('No rights');
      const sink = { write: (frame: Buffer) => void written[index]?.push(frame), end: () => {} };
      const mine = { account: who.id, cookie: who.cookie, expiresAt: Date.now() + 60_000, sink };
      viewers.push(await hub.join(mine, rights, new Map()));
    }
    await changeLot(promoter, 'P1-0', { priceCents: 7 });
    const stockOf = (frames: Buffer[]) => frames.find((frame) => frame.includes('event: stock'));
    await expect.poll(() => written.every((frames) => stockOf(frames))).toBe(true);
    expect(stockOf(written[0] ?? [])).toBe(stockOf(written[1] ?? []));
    for (const viewer of viewers) hub.leave(viewer);
  });

  it('resumes with what was missed, and says so when that cannot be given', async () => {
    const { promoter, slug, cookie } = await office();
    const first = await open(cookie);
    await changeLot(promoter, 'P1-0', { label: 'ONE' });
    const { id } = await first.next('stock');
    await first.close();
    await changeLot(promoter, 'P1-1', { label: 'TWO' });
    await changeLot(promoter, 'P2-1', { label: 'THREE' });

    const again = await open(cookie, id);
    const { data } = await again.next('stock');
    expect(data).toMatchObject({ since: 1, version: 3 });
    expect(JSON.stringify(data)).toMatch(/TWO.*THREE/);
    expect(JSON.stringify(data)).not.toContain('ONE');

    // A version that this stock never had: the database was restored.
    const lost = await open(cookie, `${slug}:99`);
    expect((await lost.next('resync')).data).toEqual({ promoter: slug });
    const nonsense = await open(cookie, 'x;y:');
    expect((await nonsense.next('hello')).id).toBe(`${slug}:3`);
  });

  it('is told how old it is at the end of each pull', async () => {
    const { promoter, slug, cookie } = await office();
    const stream = await open(cookie);
    const before = stream.of('seen').length;
    const lastSeenAt = new Date('2026-11-24T13:00:00Z');
    await asTenant(mintScope([promoter], null), async (tx) => {
      const taken = await takeSync(tx, promoter);
      if (taken) await endSync(tx, taken.lease, { lastSeenAt });
    });
    await expect
      .poll(() => stream.of('seen').slice(before).at(-1)?.data)
      .toMatchObject({ promoter: slug, seenAt: lastSeenAt.toISOString() });
    expect(stream.of('stock')).toHaveLength(0);
  });
});

describe('acts and notes', () => {
  it('reach the author, the managers of the cabinet and the promoter’s staff, and nobody else', async () => {
    const { promoter, cabinetId, id: author, cookie } = await office();
    const elsewhere = await office();
    const rival = await makeCabinet();
    await makeConvention(rival, promoter);
    const staff = async (promoterId: PromoterId) => {
      const made = await makeAccount({ role: 'staff', promoterId });
      return { id: made.id, cookie: await sessionOf(made) };
    };
    const people = {
      author: { id: author, cookie },
      manager: await partner(cabinetId, 'manager'),
      colleague: await partner(cabinetId),
      rivalManager: await partner(rival, 'manager'),
      staff: await staff(promoter),
      otherStaff: await staff(elsewhere.promoter),
    };
    const act = await makeAct(promoter, cabinetId, author);
    const opened = await Promise.all(
      Object.entries(people).map(async ([name, { id, cookie }]) => ({
        name,
        id,
        stream: await open(cookie),
      })),
    );
    await say({ kind: 'act', promoter, cabinet: cabinetId, act: 'denonciation', id: act });
    await expect.poll(() => opened.filter(({ stream }) => stream.of('act').length > 0).length).toBe(3);
    const told: Record<string, number> = {};
    for (const { name, id, stream } of opened) told[name] = await toldUntilNow(stream, id, 'act');
    expect(told).toEqual({ author: 1, manager: 1, colleague: 0, rivalManager: 0, staff: 1, otherStaff: 0 });
    expect(opened[0]?.stream.of('act')[0]?.data).toEqual({ act: 'denonciation', id: act });
    // Each of them has had its own note and no other's.
    for (const { stream } of opened) expect(stream.of('note')).toHaveLength(1);
  });
});

describe('rights', () => {
  it.each([
    [
      'the account is disabled',
      (id: string) =>
        asSystem((tx) => tx.update(account).set({ disabledAt: new Date() }).where(eq(account.id, id))),
    ],
    [
      'the password changes',
      (id: string) =>
        asSystem((tx) => tx.update(account).set({ sessionVersion: 9 }).where(eq(account.id, id))),
    ],
    [
      'the session is signed out',
      async (id: string, cookie: string) => {
        const session = await decodeSession(cookie);
        const expiresAt = new Date(Date.now() + 60_000);
        await asSystem((tx) =>
          tx.insert(endedSession).values({ id: session?.sid ?? '', accountId: id, expiresAt }),
        );
      },
    ],
  ])('end the stream within five seconds when %s, announced or not', async (_, change) => {
    const { id, cookie } = await office();
    const stream = await open(cookie);
    const start = performance.now();
    await change(id, cookie);
    expect(await stream.ended).toBe('closed');
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(stream.of('rights').at(-1)?.data).toEqual({ ended: true });
    expect((await askStream(cookie)).status).toBe(401);
  });

  it('are narrowed on the open stream when a convention ends, and widened when one begins', async () => {
    const { promoter, slug, cabinetId, id, cookie } = await office();
    const other = await makeStock();
    const stream = await open(cookie);
    await asSystem((tx) => tx.delete(convention).where(eq(convention.cabinetId, cabinetId)));
    await say({ kind: 'rights', cabinet: cabinetId });
    expect((await stream.next('rights')).data).toEqual({ ended: false });
    await changeLot(promoter, 'P1-0', { label: 'SECRET' });
    // Long enough for a change that should not be told.
    await expect.poll(() => toldUntilNow(stream, id, 'stock'), { interval: 200, timeout: 600 }).toBe(0);

    await makeConvention(cabinetId, other.promoter);
    await say({ kind: 'rights', cabinet: cabinetId });
    expect((await stream.next('resync')).data).toEqual({ promoter: other.slug });
    await changeLot(other.promoter, 'P1-0', { label: 'NEW' });
    expect((await stream.next('stock')).data).toMatchObject({ promoter: other.slug });
    expect(JSON.stringify(stream.of('stock'))).not.toContain(slug);
  });
});

describe('a stream', () => {
  it('is refused to whoever is not signed in, and to the operator', async () => {
    const operator = await makeAccount({ role: 'operator' });
    expect((await askStream('nothing')).status).toBe(401);
    expect((await askStream(await sessionOf(operator))).status).toBe(403);
  });

  it('is all that is answered before Next, with what Next adds to all, neither kept nor compressed on its way', async () => {
    const { cookie } = await office();
    expect((await askStream(cookie, undefined, '/api/events/more')).status).toBe(404);
    const [refused, opened] = [await askStream('nothing'), await askStream(cookie)];
    for (const { headers } of [refused, opened]) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect(Object.fromEntries(opened.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    await opened.body?.cancel();
  });

  it('resumes from the place that its browser names in the address, too', async () => {
    const { promoter, slug, cookie } = await office();
    await changeLot(promoter, 'P1-0', { label: 'ONE' });
    const { body } = await askStream(cookie, undefined, `/api/events?last=${slug}%3A0`);
    let text = '';
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('ONE')) break;
    }
    expect(text).toContain(`id: ${slug}:0`);
  });

  it('is one of twelve at most for an account, and gives its place back', async () => {
    const { cookie } = await office();
    const opened = await Promise.all(Array.from({ length: MOST_PER_ACCOUNT }, () => open(cookie)));
    const refused = await askStream(cookie);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    await opened[0]?.close();
    await expect.poll(() => open(cookie).catch(String)).toBeInstanceOf(Stream);
  });

  it('is cut when nobody reads it, and the others go on; its browser resumes', async () => {
    const { promoter, slug, cookie } = await office();
    const reader = await open(cookie);
    const silent = await askStream(cookie);
    // More than the connection itself holds back.
    const [text, rounds] = ['x'.repeat(2_000_000), 12];
    for (let round = 1; round <= rounds; round += 1) {
      await changeLot(promoter, 'P1-0', { label: `${round}${text}` });
      await expect.poll(() => reader.of('stock').at(-1)?.data.version).toBe(round);
    }
    // Had it waited for its reader, all of them would come.
    await expect(silent.text()).rejects.toThrow('terminated');
    const again = await open(cookie, `${slug}:2`);
    expect((await again.next('stock')).data).toMatchObject({ since: 2, version: rounds });
  });
});
