import { and, asc, eq, inArray } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { seal, sha256 } from '@/lib/core/seal';
import { pushSubscription } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { Subscription } from './schema';

/** So many browsers of one person are pushed to; the oldest makes room. */
const MOST_BROWSERS = 10;

/** Keeps a browser's agreement to be pushed to. A browser that another person used before becomes this person's. */
export async function saveSubscription(actor: PartnerActor, subscription: Subscription): Promise<void> {
  const kept = {
    accountId: actor.account,
    sealed: seal(JSON.stringify(subscription), actor.account),
    failures: 0,
  };
  await asSystem(async (tx) => {
    await tx
      .insert(pushSubscription)
      .values({ ...kept, endpointHash: sha256(subscription.endpoint) })
      .onConflictDoUpdate({ target: pushSubscription.endpointHash, set: kept });
    const all = await tx
      .select({ id: pushSubscription.id })
      .from(pushSubscription)
      .where(eq(pushSubscription.accountId, actor.account))
      .orderBy(asc(pushSubscription.createdAt));
    const surplus = all.slice(0, Math.max(0, all.length - MOST_BROWSERS)).map(({ id }) => id);
    if (surplus.length > 0) await tx.delete(pushSubscription).where(inArray(pushSubscription.id, surplus));
  });
}

/** Forgets one browser of this person. */
export async function forgetSubscription(actor: PartnerActor, endpoint: string): Promise<void> {
  await asSystem((tx) =>
    tx
      .delete(pushSubscription)
      .where(
        and(
          eq(pushSubscription.accountId, actor.account),
          eq(pushSubscription.endpointHash, sha256(endpoint)),
        ),
      ),
  );
}
