import { and, asc, count, eq, gt, inArray, max, sql } from 'drizzle-orm';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { convention, option, promoter } from '@/lib/db/schema/all';
import { asSystem, asTenant, type TenantTx } from '@/lib/db/tenancy';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { counts } from './queries';
import type { KobanLimit, Limits } from './schema';

/** For how long a refusal of Koban's for having too many options of its own is told: then it may have room again. */
const RECENT = sql`interval '1 hour'`;

/** From what part of Koban's limit on, how little is left of it is told. */
const SCARCE = 0.8;

const UNBOUNDED: KobanLimit = { fullSince: null, scarce: null };

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
 * What is left of the limit that this promoter's Koban sets its API user. A refusal for it (errorcode 03) is told within the hour,
 * with none accepted since. The limit is all cabinets' together, so both are read across them: nothing else of another's is told.
 */
export async function readKobanLimit(promoterId: PromoterId): Promise<KobanLimit> {
  return (await readKobanLimits([promoterId])).get(promoterId) ?? UNBOUNDED;
}

async function readKobanLimits(promoters: readonly PromoterId[]): Promise<Map<string, KobanLimit>> {
  if (promoters.length === 0) return new Map();
  const [full, rows] = await Promise.all([
    readFull(promoters),
    asSystem((tx) =>
      tx
        .select({ id: promoter.id, settings: promoter.settings, count: count(option.id) })
        .from(promoter)
        .leftJoin(option, and(eq(option.promoterId, promoter.id), counts))
        .where(inArray(promoter.id, [...promoters]))
        .groupBy(promoter.id),
    ),
  ]);
  return new Map(
    rows.map(({ id, settings, count: held }) => {
      const most = promoterSettingsSchema.parse(settings).kobanOptionsMax;
      const scarce = most !== null && held >= most * SCARCE ? { left: Math.max(0, most - held), most } : null;
      return [id, { fullSince: full.get(id) ?? null, scarce }];
    }),
  );
}

async function readFull(promoters: readonly PromoterId[]): Promise<Map<string, Date>> {
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
  const [rows, koban] = await Promise.all([
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
    readKobanLimits(actor.scope.promoters),
  ]);
  return rows
    .map(({ promoterId, ...row }) => ({ ...row, ...(koban.get(promoterId) ?? UNBOUNDED) }))
    .filter(({ most, fullSince, scarce }) => most !== null || fullSince !== null || scarce !== null);
}
