import { createHmac } from 'node:crypto';
import { and, eq, gt, inArray, like, lt, lte, sql } from 'drizzle-orm';
import { requiredSecret } from '@/lib/core/env';
import { rateLimit } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';

/** How a key is slowed: `free` tries at once, then a delay that doubles. All spans in milliseconds. */
export type Limit = { readonly free: number; readonly firstMs: number; readonly maxMs: number };

/** Five slips are human. Fifteen minutes at most: about a hundred guesses a day, and a bearable wait for a person. */
export const personLimit: Limit = { free: 5, firstMs: 5_000, maxMs: 15 * 60_000 };
/** An office signs in from one address: sixty failures within the hour is no longer an office. */
export const networkLimit: Limit = { free: 60, firstMs: 5_000, maxMs: 15 * 60_000 };
/** A message every so often is enough for who has lost a password, and no way to flood a mailbox. */
export const mailLimit: Limit = { free: 2, firstMs: 60_000, maxMs: 60 * 60_000 };

/** An hour of peace, and a key is as new. */
const forgetMs = 60 * 60_000;

/** The name under which tries are counted; holds nothing readable of a person. */
export const limitKey = (kind: string, ...parts: string[]): string =>
  `${kind}:${createHmac('sha256', requiredSecret('NEXTAUTH_SECRET')).update(parts.join('\n')).digest('base64url')}`;

type Count = { failures: number; windowStart: Date; blockedUntil: Date | null };

/** What a key's count becomes with one more try at `now`. */
export function countTry(count: Count | null, limit: Limit, now: Date): Count {
  const lastSeen = Math.max(count?.windowStart.getTime() ?? 0, count?.blockedUntil?.getTime() ?? 0);
  const failures = count && now.getTime() - lastSeen < forgetMs ? count.failures + 1 : 1;
  const over = failures - limit.free;
  const delay = Math.min(limit.maxMs, limit.firstMs * 2 ** Math.min(over, 20));
  return { failures, windowStart: now, blockedUntil: over < 0 ? null : new Date(now.getTime() + delay) };
}

/**
 * Counts one try on every key before it is made, so that a hundred at once are not all free.
 * @param waited the browser's turn has come: counted like any other, and made whatever the counts say
 * @returns null when it may be made, else the instant from which it may; then nothing was counted
 */
export async function takeTry(
  tx: SystemTx,
  keys: readonly { key: string; limit: Limit }[],
  now: Date,
  waited = false,
): Promise<Date | null> {
  const sorted = [...keys].sort((a, b) => a.key.localeCompare(b.key));
  for (const { key } of sorted) {
    await tx.insert(rateLimit).values({ key, windowStart: now }).onConflictDoNothing();
  }
  const rows = await tx
    .select()
    .from(rateLimit)
    .where(
      inArray(
        rateLimit.key,
        sorted.map(({ key }) => key),
      ),
    )
    .orderBy(rateLimit.key)
    .for('update');
  const blocked = rows.flatMap((row) => row.blockedUntil ?? []).filter((until) => until > now);
  if (blocked.length > 0 && !waited) return new Date(Math.max(...blocked.map(Number)));
  for (const { key, limit } of sorted) {
    const count = rows.find((row) => row.key === key) ?? null;
    await tx
      .update(rateLimit)
      .set(countTry(count, limit, now))
      .where(eq(rateLimit.key, key));
  }
  return null;
}

/** Whoever is slowed keeps a place for this long after it comes up; so many wait at once for one person, and from one network. */
const placeMs = 15 * 60_000;
const placesPerPerson = 20;
const placesPerNetwork = 60;

/** A browser's place in the line of those who wait to try one person's password from one network. */
export type Place = { person: string; network: string; browser: string };

const bare = (key: string) => key.slice(key.indexOf(':') + 1);
const lineOf = ({ network }: Place) => `place:${bare(network)}:`;
const keyOf = (place: Place) =>
  `${lineOf(place)}${bare(place.person)}:${bare(limitKey('browser', place.browser))}`;

/**
 * Whether this browser has waited its turn: it may then try once whatever the others of its network did meanwhile, so that
 * one who takes every freed try keeps nobody out. The turn is used up.
 */
export async function takePlace(tx: SystemTx, place: Place, now: Date): Promise<boolean> {
  const turn = await tx
    .delete(rateLimit)
    .where(
      and(
        eq(rateLimit.key, keyOf(place)),
        lte(rateLimit.blockedUntil, now),
        gt(rateLimit.blockedUntil, new Date(now.getTime() - placeMs)),
      ),
    )
    .returning({ key: rateLimit.key });
  return turn.length > 0;
}

/**
 * Keeps a place that comes up at `until`, unless this browser has one or the line is full.
 * @returns when this browser's turn comes; `kept` when the place is new
 */
export async function keepPlace(
  tx: SystemTx,
  place: Place,
  until: Date,
  now: Date,
): Promise<{ until: Date; kept: boolean }> {
  const waiting = await tx
    .select({ key: rateLimit.key, until: rateLimit.blockedUntil })
    .from(rateLimit)
    .where(
      and(
        like(rateLimit.key, `${lineOf(place).replaceAll('_', '\\_')}%`),
        gt(rateLimit.blockedUntil, new Date(now.getTime() - placeMs)),
      ),
    );
  const key = keyOf(place);
  const own = waiting.find((one) => one.key === key)?.until;
  if (own) return { until: own, kept: false };
  const ofPerson = waiting.filter((one) => one.key.startsWith(`${lineOf(place)}${bare(place.person)}:`));
  if (ofPerson.length >= placesPerPerson || waiting.length >= placesPerNetwork) return { until, kept: false };
  await tx
    .insert(rateLimit)
    .values({ key, windowStart: now, blockedUntil: until })
    .onConflictDoUpdate({ target: rateLimit.key, set: { windowStart: now, blockedUntil: until } });
  return { until, kept: true };
}

/** A try that succeeded: the person's own key is as new, a shared one gets its try back but stays slowed. */
export async function forgiveTry(tx: SystemTx, own: string, shared: string | null): Promise<void> {
  await tx.delete(rateLimit).where(eq(rateLimit.key, own));
  if (!shared) return;
  await tx
    .update(rateLimit)
    .set({ failures: sql`greatest(0, ${rateLimit.failures} - 1)` })
    .where(eq(rateLimit.key, shared));
}

/** Drops what is forgotten anyway. */
export async function purgeTries(tx: SystemTx, now: Date): Promise<void> {
  const quiet = new Date(now.getTime() - forgetMs - personLimit.maxMs);
  await tx.delete(rateLimit).where(lt(rateLimit.windowStart, quiet));
}
