import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { notification } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';

/** Marks notices of this person as read: these, or all when `ids` is null. Their other pages hear of it. */
export async function markRead(actor: PartnerActor, { ids }: { ids: number[] | null }): Promise<void> {
  if (ids?.length === 0) return;
  await asTenant(actor.scope, async (tx) => {
    const marked = await tx
      .update(notification)
      .set({ readAt: sql`now()` })
      .where(
        and(
          eq(notification.accountId, actor.account),
          isNull(notification.readAt),
          ids === null ? undefined : inArray(notification.id, ids),
        ),
      )
      .returning({ id: notification.id });
    if (marked.length > 0) await announce(tx, { kind: 'note', account: actor.account });
  });
}
