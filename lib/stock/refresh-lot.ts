import { sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import type { TenantTx } from '@/lib/db/tenancy';
import { nextVersion } from './store-lots';

/** What `GetLotStatus` or a webhook told of a lot's options. `rank` counts the options in progress; null when it did not say. */
export type SeenLotStatus = { rank: 0 | 1 | 2 | null; rank1EndsAt: Date | null; seenAt: Date };

/**
 * Keeps what was last seen of a lot's options, and raises the stock version when it says something new. An older reading never
 * replaces a newer one. The lot's status stays Koban's own: only GetUpdated tells it.
 * @returns whether screens have something to show
 */
export async function recordLotStatus(
  tx: TenantTx,
  promoterId: PromoterId,
  extcode: string,
  seen: SeenLotStatus,
): Promise<boolean> {
  const seenAt = seen.seenAt.toISOString();
  const endsAt = seen.rank === 0 ? null : (seen.rank1EndsAt?.toISOString() ?? null);
  const newer = sql`promoter_id = ${promoterId} and extcode = ${extcode}
    and coalesce(option_seen_at, '-infinity') <= ${seenAt}::timestamptz`;
  const [changed] = await rowsOf(
    tx,
    sql`select 1 from lot where ${newer} and (option_rank is distinct from ${seen.rank}::integer
      or rank1_ends_at is distinct from ${endsAt}::timestamptz)`,
  );
  if (!changed) {
    await tx.execute(sql`update lot set option_seen_at = ${seenAt}::timestamptz where ${newer}`);
    return false;
  }
  const version = await nextVersion(tx, promoterId);
  const written = await rowsOf(
    tx,
    sql`update lot set option_rank = ${seen.rank}::integer, rank1_ends_at = ${endsAt}::timestamptz,
        option_seen_at = ${seenAt}::timestamptz, version = ${version}
      where ${newer} returning extcode`,
  );
  return written.length > 0;
}
