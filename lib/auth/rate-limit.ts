import { createHmac } from 'node:crypto';
import { eq, inArray, lt, sql } from 'drizzle-orm';
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
 * @returns null when it may be made, else the instant from which it may; then nothing was counted
 */
export async function takeTry(
  tx: SystemTx,
  keys: readonly { key: string; limit: Limit }[],
  now: Date,
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
  if (blocked.length > 0) return new Date(Math.max(...blocked.map(Number)));
  for (const { key, limit } of sorted) {
    const count = rows.find((row) => row.key === key) ?? null;
    await tx
      .update(rateLimit)
      .set(countTry(count, limit, now))
      .where(eq(rateLimit.key, key));
  }
  return null;
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
