import { and, eq, isNull } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { convention, lot, lotAlert, programme, promoter } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { granting, withinScope } from '@/lib/denonciations/queries';
import { openProgramme } from '@/lib/stock/queries';
import { statusFamily } from '@/lib/stock/rules';
import type { WatchInput } from './schema';

export type Watched = { kind: 'watched' } | { kind: 'refused'; code: 'lot-unknown' | 'lot-available' };

/**
 * Asks to be told of a lot that a convention shows this partner today: once when it is free again (`freed`), or at every new
 * price and when it is withdrawn (`followed`). Asked twice, it is one alert, which keeps its place.
 */
export async function watchLot(actor: PartnerActor, input: WatchInput): Promise<Watched> {
  return asTenant(actor.scope, async (tx) => {
    const seen = await seenLot(tx, actor, input);
    if (!seen) return { kind: 'refused', code: 'lot-unknown' };
    const available = !seen.withdrawn && statusFamily(seen.statusCode, seen.result) === 'libre';
    if (input.kind === 'freed' && available) return { kind: 'refused', code: 'lot-available' };
    await tx
      .insert(lotAlert)
      .values({
        promoterId: seen.promoterId,
        cabinetId: actor.cabinet,
        accountId: actor.account,
        kind: input.kind,
        programmeCode: seen.programmeCode,
        lotExtcode: input.extcode,
      })
      .onConflictDoNothing();
    return { kind: 'watched' };
  });
}

/** No longer wants to be told. Asked of a lot that is not watched, or no longer shown, it does what is left to do. */
export async function unwatchLot(actor: PartnerActor, input: WatchInput): Promise<void> {
  await asTenant(actor.scope, async (tx) => {
    const [owner] = await tx
      .select({ id: promoter.id })
      .from(promoter)
      .where(eq(promoter.slug, input.promoter));
    if (!owner) return;
    await tx
      .delete(lotAlert)
      .where(
        and(
          eq(lotAlert.promoterId, owner.id),
          eq(lotAlert.accountId, actor.account),
          eq(lotAlert.lotExtcode, input.extcode),
          eq(lotAlert.kind, input.kind),
          isNull(lotAlert.honouredAt),
        ),
      );
  });
}

async function seenLot(tx: TenantTx, actor: PartnerActor, { promoter: slug, extcode }: WatchInput) {
  const [row] = await tx
    .select({
      promoterId: promoter.id,
      programmeCode: lot.programmeCode,
      statusCode: lot.statusCode,
      result: lot.result,
      withdrawnAt: lot.withdrawnAt,
    })
    .from(promoter)
    .innerJoin(lot, and(eq(lot.promoterId, promoter.id), eq(lot.extcode, extcode)))
    .innerJoin(
      programme,
      and(eq(programme.promoterId, promoter.id), eq(programme.code, lot.programmeCode), openProgramme),
    )
    .innerJoin(convention, and(eq(convention.promoterId, promoter.id), granting(actor, lot.programmeCode)))
    .where(and(eq(promoter.slug, slug), eq(lot.secondary, false)));
  const promoterId = row && withinScope(actor, row.promoterId);
  return row && promoterId ? { ...row, promoterId, withdrawn: row.withdrawnAt !== null } : null;
}
