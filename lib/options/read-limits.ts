import { and, asc, count, eq, gt, inArray, max, sql } from 'drizzle-orm';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { convention, option, promoter } from '@/lib/db/schema/all';
import { asSystem, asTenant, type TenantTx } from '@/lib/db/tenancy';
import { counts } from './queries';
import type { Limits } from './schema';

/** For how long a refusal of Koban's for having too many options of its own is told: then it may have room again. */
const RECENT = sql`interval '1 hour'`;

/** How many options of this cabinet count against its convention with a promoter. */
export async function readOwnCount(
  tx: TenantTx,
  actor: PartnerActor,
  promoterId: PromoterId,
): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(option)
    .where(and(eq(option.promoterId, promoterId), eq(option.cabinetId, actor.cabinet), counts));
  return row?.count ?? 0;
}

/**
 * When this promoter's Koban last refused an option because its API user had reached its own limit (errorcode 03), within the hour
 * and with none accepted since; null otherwise. That limit is all cabinets' together, so the instant is read across them: nothing
 * else of another's refusal is told.
 */
export async function readFullSince(promoterId: PromoterId): Promise<Date | null> {
  return (await readFull([promoterId])).get(promoterId) ?? null;
}

async function readFull(promoters: readonly PromoterId[]): Promise<Map<string, Date>> {
  if (promoters.length === 0) return new Map();
  const rows = await asSystem((tx) =>
    tx
      .select({
        promoterId: option.promoterId,
        refusedAt: max(option.endedAt),
        placedAt: sql<Date | null>`max(${option.placedAt}) filter (where ${option.state} = 'placed')`.mapWith(
          option.placedAt,
        ),
      })
      .from(option)
      .where(
        and(
          inArray(option.promoterId, [...promoters]),
          sql`((${option.code} = 'account-limit' and ${option.endedAt} > clock_timestamp() - ${RECENT})
            or (${option.state} = 'placed' and ${gt(option.placedAt, sql`clock_timestamp() - ${RECENT}`)}))`,
        ),
      )
      .groupBy(option.promoterId),
  );
  return new Map(
    rows.flatMap(({ promoterId, refusedAt, placedAt }) =>
      refusedAt && (!placedAt || placedAt < wholeSecond(refusedAt)) ? [[promoterId, refusedAt] as const] : [],
    ),
  );
}

/** An option's own date is kept as it was sent, in whole seconds: of one second, the yes is taken for the later. */
const wholeSecond = (date: Date) => new Date(Math.floor(date.getTime() / 1_000) * 1_000);

/** What bounds this partner's cabinet at each of its promoters, by name; those without a bound to tell are left out. */
export async function readLimits(actor: PartnerActor): Promise<Limits[]> {
  const [rows, full] = await Promise.all([
    asTenant(actor.scope, (tx) =>
      tx
        .select({
          promoterId: convention.promoterId,
          promoterName: promoter.name,
          most: convention.maxOptions,
          count: sql<number>`(select count(*)::integer from ${option} where ${option.promoterId} = ${convention.promoterId}
            and ${option.cabinetId} = ${convention.cabinetId} and ${counts})`,
        })
        .from(convention)
        .innerJoin(promoter, eq(promoter.id, convention.promoterId))
        .where(eq(convention.cabinetId, actor.cabinet))
        .orderBy(asc(promoter.name)),
    ),
    readFull(actor.scope.promoters),
  ]);
  return rows
    .map(({ promoterId, ...row }) => ({ ...row, fullSince: full.get(promoterId) ?? null }))
    .filter(({ most, fullSince }) => most !== null || fullSince !== null);
}
