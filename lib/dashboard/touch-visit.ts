import { sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';

/** A visit ends after so long without a sign of the person. */
const SILENCE = sql.raw(`interval '30 minutes'`);

/**
 * Notes that this person is here. After half an hour of silence a new visit begins, and « since my last visit » counts from the
 * last sign of the one before.
 * @returns the end of the visit before this one; null at the first
 */
export async function touchVisit(actor: PartnerActor, now: Date = new Date()): Promise<Date | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await asSystem((tx) =>
    rowsOf<{ previous: string | Date | null }>(
      tx,
      sql`insert into visit (account_id, last_seen_at) values (${actor.account}, ${at})
        on conflict (account_id) do update set
          previous_at = case when ${at} - visit.last_seen_at > ${SILENCE}
            then visit.last_seen_at else visit.previous_at end,
          last_seen_at = greatest(visit.last_seen_at, excluded.last_seen_at)
        returning previous_at as previous`,
    ),
  );
  return row?.previous ? new Date(row.previous) : null;
}
