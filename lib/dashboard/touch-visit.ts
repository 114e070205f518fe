import { sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { visit } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { SILENCE_MS } from './rules';

/** Notes that this person is here: after half an hour of silence a new visit begins, and the one before ended at its last sign. */
export async function touchVisit(actor: PartnerActor, now: Date = new Date()): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await asSystem((tx) =>
    tx
      .insert(visit)
      .values({ accountId: actor.account, lastSeenAt: now })
      .onConflictDoUpdate({
        target: visit.accountId,
        set: {
          previousAt: sql`case when ${at} - ${visit.lastSeenAt} > ${SILENCE_MS} * interval '1 millisecond'
            then ${visit.lastSeenAt} else ${visit.previousAt} end`,
          lastSeenAt: sql`greatest(${visit.lastSeenAt}, ${at})`,
        },
      }),
  );
}
