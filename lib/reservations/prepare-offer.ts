import { and, asc, desc, eq, exists, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import { denonciation, lot, option, programme, promoter, prospect } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { seenBy } from '@/lib/denonciations/queries';
import { type OpenLot, openLot } from '@/lib/options/queries';
import type { LotRef } from '@/lib/options/schema';
import type { ReservationOffer, Reservee } from './schema';

/** What the form « Préréserver » opens with; null when this partner may not act on the lot. `optionId`: the option that led here. */
export async function prepareOffer(
  actor: PartnerActor,
  ref: LotRef,
  optionId: string | null,
): Promise<ReservationOffer | null> {
  return asTenant(actor.scope, async (tx) => {
    const on = await openLot(tx, actor, ref);
    if (!on) return null;
    const [row] = await tx
      .select({
        lot: {
          promoter: promoter.slug,
          extcode: sql<string>`coalesce(${lot.extcode}, '')`,
          label: lot.label,
          typology: lot.typology,
          priceCents: lot.priceCents,
        },
        programme: {
          code: lot.programmeCode,
          label: sql<string>`coalesce(${programme.label}, ${lot.programmeCode})`,
          promoterName: promoter.name,
        },
      })
      .from(lot)
      .innerJoin(promoter, eq(promoter.id, lot.promoterId))
      .leftJoin(
        programme,
        and(eq(programme.promoterId, lot.promoterId), eq(programme.code, lot.programmeCode)),
      )
      .where(and(eq(lot.promoterId, on.promoterId), eq(lot.extcode, on.extcode)));
    if (!row) return null;
    const reservees = await reserveesOf(tx, actor, on);
    return { ...row, reservees, chosen: await chosenBy(tx, actor, on, optionId, reservees) };
  });
}

async function chosenBy(
  tx: TenantTx,
  actor: PartnerActor,
  on: OpenLot,
  optionId: string | null,
  reservees: readonly Reservee[],
): Promise<string | null> {
  const holders = reservees.filter(({ onOption }) => onOption);
  if (optionId === null) return holders.length === 1 ? (holders[0]?.denonciationId ?? null) : null;
  const [row] = await tx
    .select({ id: option.denonciationId })
    .from(option)
    .where(and(eq(option.id, optionId), eq(option.lotExtcode, on.extcode), seenBy(actor, option)));
  return reservees.find(({ denonciationId }) => denonciationId === row?.id)?.denonciationId ?? null;
}

/** Prospects for whom this partner may reserve on the lot's programme: accepted dénonciations, holders of an option first. */
async function reserveesOf(tx: TenantTx, actor: PartnerActor, on: OpenLot): Promise<Reservee[]> {
  const onOption = exists(
    tx
      .select({ id: option.id })
      .from(option)
      .where(
        and(
          eq(option.promoterId, denonciation.promoterId),
          eq(option.prospectId, denonciation.prospectId),
          eq(option.lotExtcode, on.extcode),
          eq(option.state, 'placed'),
        ),
      ),
  );
  return tx
    .select({
      denonciationId: denonciation.id,
      lastName: prospect.lastName,
      firstName: prospect.firstName,
      email: prospect.email,
      onOption: sql<boolean>`${onOption}`,
    })
    .from(denonciation)
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .where(
      and(
        eq(denonciation.promoterId, on.promoterId),
        eq(denonciation.programmeCode, on.programmeCode),
        eq(denonciation.state, 'accepted'),
        seenBy(actor, denonciation),
      ),
    )
    .orderBy(desc(sql`${onOption}`), asc(prospect.lastName), asc(prospect.firstName));
}
