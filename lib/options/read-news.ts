import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
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

const toldOf = (promoterId: string, lots: string[]) =>
  and(
    eq(webhookEvent.promoterId, promoterId),
    inArray(webhookEvent.lotExtcode, lots),
    inArray(webhookEvent.event, Object.keys(kinds) as Kind[]),
    inArray(webhookEvent.state, ['received', 'processed']),
  );

/**
 * Told before in the same words, however long ago. What a person has still to judge was not told. In full names: Drizzle would leave
 * the table's out, and the columns be the inner one's.
 */
const toldBefore = sql<boolean>`exists (select 1 from webhook_event as earlier
  where earlier.promoter_id = webhook_event.promoter_id and earlier.content_hash = webhook_event.content_hash
    and earlier.id < webhook_event.id and earlier.state <> 'quarantined')`;

const columns = {
  lot: webhookEvent.lotExtcode,
  receivedAt: webhookEvent.receivedAt,
  event: sql<Kind>`${webhookEvent.event}`,
  thirdGuid: field('Third_Guid'),
  rank: field('Rank'),
  expiry: field('ExpDate'),
  prolonged: field('PrgDate'),
  again: toldBefore,
};

type Row = Pick<News, 'receivedAt' | 'thirdGuid'> &
  Record<'lot' | 'rank' | 'expiry' | 'prolonged', string | null> & { event: Kind; again: boolean };

function newsOf({ event, thirdGuid, rank, expiry, prolonged, receivedAt, again }: Row): News[] {
  const until = kobanDate(prolonged) ?? kobanDate(expiry);
  // The same end for the same prospect is the same placement: Koban's call came twice, and nothing happened since. A cancellation or
  // an expiry names no instant, and the same words may tell of another one.
  if (again && until && (event === 'option-placed' || event === 'option-prolonged')) return [];
  const given = Number.parseInt(rank ?? '', 10);
  return [{ event: kinds[event], thirdGuid, rank: Number.isNaN(given) ? null : given, until, receivedAt }];
}

/**
 * What Koban's webhooks told of a lot since an instant, oldest first, without what they repeat. Of their fields only the third's
 * guid, the rank and the dates are read: no personal data leaves the table.
 */
export async function readNews(
  tx: TenantTx,
  promoterId: string,
  lotExtcode: string,
  since: Date,
): Promise<News[]> {
  const rows = await tx
    .select(columns)
    .from(webhookEvent)
    .where(and(toldOf(promoterId, [lotExtcode]), gte(webhookEvent.receivedAt, since)))
    .orderBy(asc(webhookEvent.id));
  return rows.flatMap(newsOf);
}

/** The last thing told of each of these lots; by lot. */
export async function readLatestNews(
  tx: TenantTx,
  promoterId: string,
  lots: string[],
): Promise<Map<string, News>> {
  const rows = await tx
    .select(columns)
    .from(webhookEvent)
    .where(toldOf(promoterId, lots))
    .orderBy(asc(webhookEvent.id));
  return new Map(rows.flatMap((row) => newsOf(row).map((news) => [row.lot ?? '', news] as const)));
}
