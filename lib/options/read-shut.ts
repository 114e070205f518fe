import { and, asc, count, eq, isNotNull, ne, or } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { convention, option, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { seenBy, shutWhy } from '@/lib/denonciations/queries';
import { counts } from './queries';
import { shutOf } from './read-lines';
import type { ShutPromoter } from './schema';

/**
 * Promoters that no longer open themselves to this partner, and how many options he has in progress there, by name. They lie outside
 * his scope, which shows none of these options: their number and the reason are all that is told.
 */
export async function readShut(actor: PartnerActor): Promise<ShutPromoter[]> {
  const rows = await asSystem((tx) =>
    tx
      .select({
        promoterName: promoter.name,
        why: shutWhy(actor),
        validFrom: convention.validFrom,
        validUntil: convention.validUntil,
        count: count(),
      })
      .from(convention)
      .innerJoin(promoter, eq(promoter.id, convention.promoterId))
      .innerJoin(option, and(eq(option.promoterId, convention.promoterId), seenBy(actor, option), counts))
      .where(
        and(
          eq(convention.cabinetId, actor.cabinet),
          isNotNull(shutWhy(actor)),
          // To whom a promoter is not open it is not named, but by options of their own.
          or(ne(shutWhy(actor), 'access-closed'), eq(option.accountId, actor.account)),
        ),
      )
      .groupBy(promoter.id, convention.id)
      .orderBy(asc(promoter.name)),
  );
  return rows.flatMap(({ promoterName, count: options, ...terms }) => {
    const shut = shutOf(terms);
    return shut ? [{ promoterName, count: options, ...shut }] : [];
  });
}
