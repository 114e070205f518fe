import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { type Clock, systemClock } from '@/lib/core/clock';
import { env } from '@/lib/core/env';
import { faultFacts, log } from '@/lib/core/log';
import { unseal } from '@/lib/core/seal';
import { account, notification, pushSubscription } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { Stands } from '@/lib/mail/send-due-mail';
import { wordsOfRow } from './compose-notice';
import { sealPush, senderHeaders } from './compose-push';
import type { Subscription } from './schema';

/** How many notices one round pushes at most. */
const BATCH = 50;
/** Longer than one notice takes: its browsers' services are asked at once, and each has the time below. */
const LEASE_MS = 60_000;
const DEADLINE_MS = 10_000;
/** A browser whose service fails so often in a row is given up. */
const MOST_FAILURES = 10;
/** A push older than that is no news: the bell has it. */
const STALE_MS = 3_600_000;

type Due = {
  id: number;
  accountId: string;
  code: string;
  params: unknown;
  href: string;
  createdAt: Date;
  readAt: Date | null;
};

/**
 * Sends the pushes that are due to the browsers of those they are for. Each is taken under a lease when its turn comes,
 * and tried once: after a process that dies between, it is sent again at most. A browser that is gone (404, 410) is forgotten.
 * @returns how many messages a push service took
 */
export async function pushNotices(
  stands: Stands,
  clock: Clock = systemClock,
  post: typeof fetch = fetch,
): Promise<number> {
  let sent = 0;
  for (let turn = 0; turn < BATCH; turn += 1) {
    const now = clock.now();
    const notice = await take(now);
    if (!notice) break;
    // What was read meanwhile, or is old or otherwise by now, is not pushed.
    const young = now.getTime() - notice.createdAt.getTime() < STALE_MS;
    if (notice.readAt === null && young && (await stands(notice.id, now)))
      sent += await pushOne(notice, now, post);
    await asSystem((tx) =>
      tx.update(notification).set({ pushDueAt: null }).where(eq(notification.id, notice.id)),
    );
  }
  return sent;
}

function take(now: Date): Promise<Due | null> {
  return asSystem(async (tx) => {
    const [due] = await tx
      .select({ id: notification.id })
      .from(notification)
      .where(lte(notification.pushDueAt, now))
      .orderBy(asc(notification.pushDueAt), asc(notification.id))
      .limit(1)
      .for('update', { skipLocked: true });
    if (!due) return null;
    const [taken] = await tx
      .update(notification)
      .set({ pushDueAt: new Date(now.getTime() + LEASE_MS) })
      .where(eq(notification.id, due.id))
      .returning({
        id: notification.id,
        accountId: notification.accountId,
        code: notification.code,
        params: notification.params,
        href: notification.href,
        createdAt: notification.createdAt,
        readAt: notification.readAt,
      });
    return taken ?? null;
  });
}

async function pushOne(notice: Due, now: Date, post: typeof fetch): Promise<number> {
  const browsers = await asSystem((tx) =>
    tx
      .select({ id: pushSubscription.id, sealed: pushSubscription.sealed, locale: account.locale })
      .from(pushSubscription)
      .innerJoin(account, eq(account.id, pushSubscription.accountId))
      .where(and(eq(pushSubscription.accountId, notice.accountId), sql`${account.disabledAt} is null`)),
  );
  const outcomes = await Promise.all(
    browsers.map(async ({ id, sealed, locale }) => {
      const words = wordsOfRow(notice, locale);
      if (!words) return false;
      const subscription: Subscription = JSON.parse(unseal(sealed, notice.accountId));
      const message = JSON.stringify({ ...words, href: notice.href, tag: String(notice.id) });
      const status = await send(subscription, message, now, post);
      await record(id, status);
      return status >= 200 && status < 300;
    }),
  );
  return outcomes.filter(Boolean).length;
}

/** The service's status; 0 when it did not answer. */
async function send({ endpoint, keys }: Subscription, message: string, now: Date, post: typeof fetch) {
  try {
    const response = await post(endpoint, {
      method: 'POST',
      body: new Uint8Array(sealPush(message, { keys })),
      headers: senderHeaders(endpoint, contact(), now),
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch (fault) {
    log().warn({ job: 'push', ...faultFacts(fault) }, 'a push service did not answer');
    return 0;
  }
}

/** Where a push service may complain: the portal's own address, or its mail while that is not a secure one. */
function contact(): string {
  const { NEXTAUTH_URL, MAIL_FROM } = env();
  return NEXTAUTH_URL.startsWith('https:') ? NEXTAUTH_URL : `mailto:${MAIL_FROM.replace(/^.*<|>.*$/g, '')}`;
}

async function record(id: string, status: number): Promise<void> {
  await asSystem(async (tx) => {
    const one = eq(pushSubscription.id, id);
    if (status >= 200 && status < 300) {
      await tx.update(pushSubscription).set({ failures: 0 }).where(one);
      return;
    }
    const [row] = await tx
      .update(pushSubscription)
      .set({ failures: sql`${pushSubscription.failures} + 1` })
      .where(one)
      .returning({ failures: pushSubscription.failures });
    if (status === 404 || status === 410 || (row && row.failures >= MOST_FAILURES)) {
      await tx.delete(pushSubscription).where(one);
    }
  });
}
