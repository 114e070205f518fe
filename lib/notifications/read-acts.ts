import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import {
  audit,
  denonciation,
  lot,
  operation,
  operationStep,
  option,
  programme,
  prospect,
  reservation,
} from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { shownRank } from '@/lib/options/queries';
import type { NoticeParams } from './schema';

/** What a sentence names of a prospect. */
export const prospectName = sql<string>`${prospect.lastName} || ' ' || ${prospect.firstName}`;

/** What any telling needs of an act. */
export type Act = {
  cabinet: string;
  account: string;
  params: Partial<NoticeParams>;
  rank: number | null;
  until: Date | null;
};

/** Dénonciations as they stand, by id. */
export async function readDenonciations(tx: TenantTx, promoterId: PromoterId, ids: string[]) {
  const rows = await tx
    .select({
      id: denonciation.id,
      state: denonciation.state,
      cabinet: denonciation.cabinetId,
      account: denonciation.accountId,
      prospect: prospectName,
      programme: sql<string>`coalesce(${programme.label}, ${denonciation.programmeCode})`,
    })
    .from(denonciation)
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .leftJoin(programme, on(programme, denonciation))
    .where(and(eq(denonciation.promoterId, promoterId), inArray(denonciation.id, ids)));
  return byId(rows, ({ state }) => ({ state, rank: null, until: null }));
}

/** Options as they stand, by id. */
export async function readOptions(tx: TenantTx, promoterId: PromoterId, ids: string[]) {
  const rows = await optionRows(tx).where(and(eq(option.promoterId, promoterId), inArray(option.id, ids)));
  const prolonged = rows.filter(({ prolongedTo }) => prolongedTo !== null);
  const asAsked = await readProlonged(
    tx,
    promoterId,
    prolonged.map(({ id }) => id),
  );
  return byId(rows, ({ id, state, rank, endedBy, prolongedTo, until, extcode }) => ({
    state,
    rank,
    endedBy,
    prolongedTo,
    prolongedAsAsked: asAsked.has(id),
    until,
    lot: extcode,
  }));
}

/** Those of these options whose prolongation, asked for in the portal, Koban's webhook proved. */
async function readProlonged(tx: TenantTx, promoterId: PromoterId, ids: string[]) {
  if (ids.length === 0) return new Set<string>();
  const optionId = sql<string>`${operation.data} ->> 'optionId'`;
  const rows = await tx
    .select({ optionId })
    .from(operation)
    .innerJoin(operationStep, eq(operationStep.operationId, operation.id))
    .where(
      and(
        eq(operation.promoterId, promoterId),
        eq(operation.kind, 'prolongation'),
        eq(operation.state, 'done'),
        eq(operationStep.name, 'webhook'),
        inArray(optionId, ids),
      ),
    );
  return new Set(rows.map((row) => row.optionId));
}

/** The audit's entries by which an end of these options was taken back, oldest first, by option. */
export async function readRestored(tx: TenantTx, promoterId: PromoterId, ids: string[]) {
  if (ids.length === 0) return new Map<string, number[]>();
  const rows = await tx
    .select({ id: audit.id, optionId: audit.subjectId })
    .from(audit)
    .where(
      and(
        eq(audit.promoterId, promoterId),
        eq(audit.subjectType, 'option'),
        inArray(audit.subjectId, ids),
        eq(audit.action, 'option.placed'),
        sql`${audit.facts} ->> 'code' = 'restored'`,
      ),
    )
    .orderBy(asc(audit.id));
  const byOption = Map.groupBy(rows, ({ optionId }) => optionId);
  return new Map([...byOption].map(([optionId, entries]) => [optionId, entries.map(({ id }) => id)]));
}

/** Options with what a sentence names of them. */
export const optionRows = (tx: TenantTx) =>
  tx
    .select({
      id: option.id,
      promoterId: option.promoterId,
      state: option.state,
      rank: shownRank,
      endedBy: option.endedBy,
      prolongedTo: option.prolongedTo,
      placedAt: option.placedAt,
      until: option.expiresAt,
      extcode: option.lotExtcode,
      cabinet: option.cabinetId,
      account: option.accountId,
      prospect: prospectName,
      lot: sql<string>`coalesce(${lot.label}, ${option.lotExtcode})`,
      programme: sql<string>`coalesce(${programme.label}, ${option.programmeCode})`,
    })
    .from(option)
    .innerJoin(prospect, eq(prospect.id, option.prospectId))
    .leftJoin(lot, and(eq(lot.promoterId, option.promoterId), eq(lot.extcode, option.lotExtcode)))
    .leftJoin(programme, on(programme, option));

/** Reservation files as they stand, by id. */
export async function readReservations(tx: TenantTx, promoterId: PromoterId, ids: string[]) {
  const rows = await tx
    .select({
      id: reservation.id,
      state: reservation.state,
      fileSent: reservation.fileSent,
      cabinet: reservation.cabinetId,
      account: reservation.accountId,
      prospect: prospectName,
      lot: sql<string>`coalesce(${lot.label}, ${reservation.lotExtcode})`,
      programme: sql<string>`coalesce(${programme.label}, ${reservation.programmeCode})`,
    })
    .from(reservation)
    .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
    .leftJoin(lot, and(eq(lot.promoterId, reservation.promoterId), eq(lot.extcode, reservation.lotExtcode)))
    .leftJoin(programme, on(programme, reservation))
    .where(and(eq(reservation.promoterId, promoterId), inArray(reservation.id, ids)));
  return byId(rows, ({ state, fileSent }) => ({ state, fileSent, rank: null, until: null }));
}

const on = (table: typeof programme, of: typeof denonciation | typeof option | typeof reservation) =>
  and(eq(table.promoterId, of.promoterId), eq(table.code, of.programmeCode));

type Named = {
  id: string;
  cabinet: string;
  account: string;
  prospect: string;
  programme: string;
  lot?: string;
};

function byId<Row extends Named, More>(rows: readonly Row[], more: (row: Row) => More) {
  return new Map(
    rows.map((row) => {
      const { id, cabinet, account, prospect: name, programme: label, lot: lotLabel = '' } = row;
      const params = { prospect: name, programme: label, lot: lotLabel };
      return [id, { cabinet, account, params, ...more(row) }] as const;
    }),
  );
}
