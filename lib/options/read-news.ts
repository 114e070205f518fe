import { and, desc, eq, gte, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { webhookEvent } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { kobanDate } from '@/lib/koban/dates';
import type { LotNews, News } from './rules';

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
): Promise<LotNews | null> {
  const latest = (await readLatestNews(tx, promoterId, [lotExtcode])).get(lotExtcode);
  if (!latest || latest.receivedAt < since) return null;
  return {
    ...latest,
    second: await readSecond(tx, and(toldOf(promoterId, [lotExtcode]), gte(webhookEvent.receivedAt, since))),
  };
}

const placements = ['option-placed', 'option-prolonged', 'reservation-withdrawn'] as const satisfies Kind[];

/** Whose option the last call about rank 2 names there. Any end told since, of whatever rank, takes it away: rank 2 may have moved up. */
async function readSecond(tx: TenantTx, told: SQL | undefined): Promise<string | null> {
  const [last] = await tx
    .select({ event: sql<Kind>`${webhookEvent.event}`, thirdGuid: field('Third_Guid') })
    .from(webhookEvent)
    .where(and(told, or(eq(field('Rank'), '2'), notInArray(webhookEvent.event, placements))))
    .orderBy(desc(webhookEvent.id))
    .limit(1);
  const stands = last?.event === 'option-placed' || last?.event === 'option-prolonged';
  return stands ? last.thirdGuid : null;
}

const toldOf = (promoterId: string, lots: string[]) =>
  and(
    eq(webhookEvent.promoterId, promoterId),
    inArray(webhookEvent.lotExtcode, lots),
    inArray(webhookEvent.event, Object.keys(kinds) as Kind[]),
    inArray(webhookEvent.state, ['received', 'processed']),
  );

/** The last thing told of each of these lots, and when; by lot. */
export async function readLatestNews(
  tx: TenantTx,
  promoterId: string,
  lots: string[],
): Promise<Map<string, News & { receivedAt: Date }>> {
  const rows = await tx
    .selectDistinctOn([webhookEvent.lotExtcode], {
      lot: webhookEvent.lotExtcode,
      receivedAt: webhookEvent.receivedAt,
      event: sql<Kind>`${webhookEvent.event}`,
      thirdGuid: field('Third_Guid'),
      rank: field('Rank'),
      expiry: field('ExpDate'),
      prolonged: field('PrgDate'),
    })
    .from(webhookEvent)
    .where(toldOf(promoterId, lots))
    .orderBy(webhookEvent.lotExtcode, desc(webhookEvent.id));
  return new Map(
    rows.map(({ lot, event, thirdGuid, rank, expiry, prolonged, receivedAt }) => {
      const given = Number.parseInt(rank ?? '', 10);
      const until = kobanDate(prolonged) ?? kobanDate(expiry);
      const news = { event: kinds[event], thirdGuid, rank: Number.isNaN(given) ? null : given, until };
      return [lot ?? '', { ...news, receivedAt }];
    }),
  );
}
