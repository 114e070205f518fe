import { and, eq, gt, sql } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import { webhookEvent } from '@/lib/db/schema/all';
import type { webhookEvents } from '@/lib/db/schema/webhooks';
import { asTenant } from '@/lib/db/tenancy';

export type EventName = (typeof webhookEvents)[number];

/** The same call within a day is marked; whether it is news all the same, only the lot's state tells. */
const sameWithin = sql`clock_timestamp() - interval '24 hours'`;

/** Keeps a call whole, committed before it is answered. @returns its number */
export async function keepEvent(
  actor: SystemActor,
  event: EventName,
  fields: Record<string, string>,
): Promise<number> {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const contentHash = sha256(JSON.stringify([event, sorted]));
  const promoterId = actor.promoter;
  return asTenant(actor.scope, async (tx) => {
    const [before] = await tx
      .select({ id: webhookEvent.id })
      .from(webhookEvent)
      .where(
        and(
          eq(webhookEvent.promoterId, promoterId),
          eq(webhookEvent.contentHash, contentHash),
          gt(webhookEvent.receivedAt, sameWithin),
        ),
      )
      .limit(1);
    const [kept] = await tx
      .insert(webhookEvent)
      .values({
        promoterId,
        event,
        contentHash,
        fields,
        receivedAt: sql`clock_timestamp()`,
        lotExtcode: fields.Deal_Extcode?.trim() || fields.Lot_Code?.trim() || null,
        state: 'received',
        code: before ? 'same-again' : null,
      })
      .returning({ id: webhookEvent.id });
    if (!kept) throw new Error('A call was not kept');
    return kept.id;
  });
}
