import { and, asc, count, eq, isNotNull, ne, or } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { convention, denonciation, option, promoter, reservation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { seenBy, shutWhy } from '@/lib/denonciations/queries';
import { counts } from './queries';
import { shutOf } from './read-lines';
import type { ShutActs, ShutPromoter } from './schema';

const acts = {
  denonciation: { table: denonciation, counted: undefined },
  /** Those in progress: what has ended is nobody's loss. */
  option: { table: option, counted: counts },
  reservation: { table: reservation, counted: undefined },
};

/**
 * Promoters that no longer open themselves to this partner, and how many acts of this kind he has there, by name. They lie outside
 * his scope, which shows none of them: their number and the reason are all that is told.
 */
export async function readShut(actor: PartnerActor, of: ShutActs): Promise<ShutPromoter[]> {
  const { table, counted } = acts[of];
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
      .innerJoin(table, and(eq(table.promoterId, convention.promoterId), seenBy(actor, table), counted))
      .where(
        and(
          eq(convention.cabinetId, actor.cabinet),
          isNotNull(shutWhy(actor)),
          // To whom a promoter is not open it is not named, but by acts of their own.
          or(ne(shutWhy(actor), 'access-closed'), eq(table.accountId, actor.account)),
        ),
      )
      .groupBy(promoter.id, convention.id)
      .orderBy(asc(promoter.name)),
  );
  return rows.flatMap(({ promoterName, count: held, ...terms }) => {
    const shut = shutOf(terms);
    return shut ? [{ promoterName, count: held, ...shut }] : [];
  });
}
