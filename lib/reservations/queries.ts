import { and, asc, count, desc, eq, inArray, like, or, sql } from 'drizzle-orm';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import {
  account,
  convention,
  lot,
  operation,
  option,
  programme,
  promoter,
  prospect,
  reservation,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { granting, PAGE, seenBy, withinScope } from '@/lib/denonciations/queries';
import type { OpenLot } from '@/lib/options/queries';
import { searchWords } from '@/lib/prospects/rules';
import type { LatestAct, ReservationFilter, ReservationLine, ReservationPage } from './schema';

/** States in which a reservation of ours holds its lot, or may. */
const holding = inArray(reservation.state, ['pending', 'preresv', 'validated', 'uncertain']);

/** Whether the cabinet holds the lot, or may, by a reservation of its own. */
export async function isReserved(tx: TenantTx, actor: PartnerActor, on: OpenLot): Promise<boolean> {
  const [row] = await tx
    .select({ id: reservation.id })
    .from(reservation)
    .where(
      and(
        eq(reservation.promoterId, on.promoterId),
        eq(reservation.cabinetId, actor.cabinet),
        eq(reservation.lotExtcode, on.extcode),
        holding,
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** The option that a prospect holds on a lot, as far as the portal knows. */
export async function optionOn(
  tx: TenantTx,
  actor: PartnerActor,
  on: OpenLot,
  prospectId: string,
): Promise<string | null> {
  const [row] = await tx
    .select({ id: option.id })
    .from(option)
    .where(
      and(
        eq(option.promoterId, on.promoterId),
        eq(option.cabinetId, actor.cabinet),
        eq(option.lotExtcode, on.extcode),
        eq(option.prospectId, prospectId),
        eq(option.state, 'placed'),
      ),
    )
    .orderBy(asc(option.rank))
    .limit(1);
  return row?.id ?? null;
}

/**
 * A reservation as this partner's convention lets it be acted upon today; null when it does not. `lock` keeps the row until the
 * transaction ends. A lot that left the stock is no obstacle: a sold one may.
 */
export async function openReservation(tx: TenantTx, actor: PartnerActor, id: string, lock = false) {
  const query = tx
    .select({
      reservation,
      kobanAccount: promoter.kobanAccount,
      settings: promoter.settings,
      thirdGuid: prospect.kobanGuid,
      partGuid: convention.kobanGuid,
    })
    .from(reservation)
    .innerJoin(promoter, eq(promoter.id, reservation.promoterId))
    .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
    .innerJoin(
      convention,
      and(eq(convention.promoterId, promoter.id), granting(actor, reservation.programmeCode)),
    )
    .where(and(eq(reservation.id, id), seenBy(actor, reservation)));
  const [row] = await (lock ? query.for('update', { of: reservation }) : query);
  const promoterId: PromoterId | null = row ? withinScope(actor, row.reservation.promoterId) : null;
  return row && promoterId ? { ...row, promoterId } : null;
}

export type OpenReservation = NonNullable<Awaited<ReturnType<typeof openReservation>>>;

/** A reservation's own lot and programme, in a join. */
export const lotOf = and(eq(lot.promoterId, reservation.promoterId), eq(lot.extcode, reservation.lotExtcode));
export const programmeOf = and(
  eq(programme.promoterId, reservation.promoterId),
  eq(programme.code, reservation.programmeCode),
);

/** The columns of one line of « Réservations ». */
export const lineColumns = {
  id: reservation.id,
  reference: reservation.reference,
  state: reservation.state,
  createdAt: reservation.createdAt,
  filedBy: account.name,
  priceCents: reservation.priceCents,
  fileSent: reservation.fileSent,
  act: {
    kind: sql<LatestAct['kind']>`${operation.kind}`,
    state: operation.state,
    code: operation.code,
    kobanMessage: operation.kobanMessage,
    nextCheckAt: operation.nextCheckAt,
  },
  prospect: { lastName: prospect.lastName, firstName: prospect.firstName },
  lot: {
    extcode: reservation.lotExtcode,
    label: sql<string>`coalesce(${lot.label}, ${reservation.lotExtcode})`,
    typology: lot.typology,
  },
  programme: {
    code: reservation.programmeCode,
    label: sql<string>`coalesce(${programme.label}, ${reservation.programmeCode})`,
    promoter: promoter.slug,
    promoterName: promoter.name,
  },
};

/** Which group of « Réservations » one belongs to; an act in doubt comes before all. */
const group = sql<NonNullable<ReservationFilter['state']>>`case
  when ${reservation.state} = 'uncertain' or ${operation.state} = 'uncertain' then 'uncertain'
  when ${reservation.state} in ('pending', 'preresv') then 'live'
  when ${reservation.state} = 'validated' then 'validated'
  when ${reservation.state} in ('refused', 'unsent') then 'refused'
  else 'ended' end`;

/** The partner's reservations, latest first; a manager sees the whole cabinet's. */
export async function listReservations(
  actor: PartnerActor,
  filter: ReservationFilter,
): Promise<ReservationPage> {
  const searched = searchWords(filter.q);
  const found = and(
    seenBy(actor, reservation),
    searched.length === 0
      ? undefined
      : or(
          and(...searched.map((word) => like(prospect.search, `%${word}%`))),
          sql`position(lower(${filter.q}) in lower(concat_ws(' ', ${programme.label}, ${lot.label}, ${reservation.lotExtcode}))) > 0`,
          eq(reservation.reference, filter.q.toUpperCase().replace(/[^0-9A-Z]/g, '')),
        ),
  );
  return asTenant(actor.scope, async (tx) => {
    const perGroup = await tx
      .select({ state: group, count: count() })
      .from(reservation)
      .innerJoin(operation, eq(operation.id, reservation.operationId))
      .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
      .leftJoin(lot, lotOf)
      .leftJoin(programme, programmeOf)
      .where(found)
      .groupBy(sql`1`);
    const total = perGroup
      .filter((row) => filter.state === null || row.state === filter.state)
      .reduce((sum, row) => sum + row.count, 0);
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const lines: ReservationLine[] = await tx
      .select(lineColumns)
      .from(reservation)
      .innerJoin(operation, eq(operation.id, reservation.operationId))
      .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
      .innerJoin(promoter, eq(promoter.id, reservation.promoterId))
      .innerJoin(account, eq(account.id, reservation.accountId))
      .leftJoin(lot, lotOf)
      .leftJoin(programme, programmeOf)
      .where(and(found, filter.state === null ? undefined : eq(group, filter.state)))
      .orderBy(desc(reservation.createdAt), desc(reservation.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    const counts = Object.fromEntries(perGroup.map((row) => [row.state, row.count]));
    return { lines, total, page, pages, counts };
  });
}

/** Reservations on a lot for the buyer whom Koban names, the living first, then the latest; every cabinet's of the promoter. */
export async function reservationsFor(
  tx: TenantTx,
  on: { promoter: PromoterId; lotExtcode: string; thirdGuid?: string },
) {
  return tx
    .select({ reservation })
    .from(reservation)
    .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
    .where(
      and(
        eq(reservation.promoterId, on.promoter),
        eq(reservation.lotExtcode, on.lotExtcode),
        on.thirdGuid === undefined ? undefined : eq(prospect.kobanGuid, on.thirdGuid),
      ),
    )
    .orderBy(
      sql`case when ${reservation.state} in ('pending', 'uncertain', 'preresv', 'validated') then 0 else 1 end`,
      desc(reservation.createdAt),
    )
    .for('update', { of: reservation });
}

/** Whether the mirror knows a lot, even one that has left the stock; whether a prospect of any cabinet has this guid. */
export async function isKnown(
  tx: TenantTx,
  on: { promoter: PromoterId; lotExtcode: string; thirdGuid?: string },
): Promise<{ lot: boolean; third: boolean }> {
  const lots = await tx
    .select({ label: lot.label })
    .from(lot)
    .where(and(eq(lot.promoterId, on.promoter), eq(lot.extcode, on.lotExtcode)))
    .limit(1);
  const { thirdGuid } = on;
  const thirds =
    thirdGuid === undefined
      ? []
      : await tx
          .select({ id: prospect.id })
          .from(prospect)
          .where(and(eq(prospect.promoterId, on.promoter), eq(prospect.kobanGuid, thirdGuid)))
          .limit(1);
  return { lot: lots.length > 0, third: thirds.length > 0 };
}
