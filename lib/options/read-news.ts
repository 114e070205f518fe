import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { webhookEvent } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { kobanDate } from '@/lib/koban/dates';
import type { News } from './rules';

const kinds = {
  'option-placed': 'placed',
  'option-prolonged': 'prolonged',
  'option-cancelled': 'cancelled',
  'option-expired': 'expired',
  'reservation-validated': 'reserved',
  'reservation-withdrawn': 'withdrawn',
} as const satisfies Partial<Record<typeof webhookEvent.$inferSelect.event, News['event']>>;
type Kind = keyof typeof kinds;

const field = (name: string) => sql<string | null>`${webhookEvent.fields} ->> ${name}`;

/**
 * The last thing that Koban's webhooks told of a lot since an instant; null when they told nothing. Of their fields only the
 * third's guid, the rank and the dates are read: no personal data leaves the table.
 */
export async function readNews(
  tx: TenantTx,
  promoterId: string,
  lotExtcode: string,
  since: Date,
): Promise<News | null> {
  const [row] = await tx
    .select({
      event: sql<Kind>`${webhookEvent.event}`,
      thirdGuid: field('Third_Guid'),
      rank: field('Rank'),
      expiry: field('ExpDate'),
      prolonged: field('PrgDate'),
    })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.promoterId, promoterId),
        eq(webhookEvent.lotExtcode, lotExtcode),
        inArray(webhookEvent.event, Object.keys(kinds) as Kind[]),
        inArray(webhookEvent.state, ['received', 'processed']),
        gte(webhookEvent.receivedAt, since),
      ),
    )
    .orderBy(desc(webhookEvent.id))
    .limit(1);
  if (!row) return null;
  const rank = Number.parseInt(row.rank ?? '', 10);
  return {
    event: kinds[row.event],
    thirdGuid: row.thirdGuid,
    rank: Number.isNaN(rank) ? null : rank,
    until: kobanDate(row.prolonged) ?? kobanDate(row.expiry),
  };
}
