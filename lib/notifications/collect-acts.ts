import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
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
import { codeOfDenonciation, codeOfOption, codeOfReservation, type Deed, type PresentOption } from './rules';
import type { NoticeCode, NoticeParams } from './schema';

/** One thing to tell, before it is known whom by which ways. */
export type Telling = {
  code: NoticeCode;
  params: NoticeParams;
  href: string;
  /** The same thing, told once to the same person whatever is read again. */
  once: string;
  /** The programme that a person must still be granted; null for their own acts, which any convention with the promoter opens. */
  programme: string | null;
  cabinet: string;
  account: string;
  /** Also to the managers of the cabinet, as far as they choose. */
  team: boolean;
  /** Whoever did it and saw the answer. */
  doer: string | null;
  /** The alert that telling it honours. */
  alert: number | null;
};

/** An audit entry that may be worth telling. */
export type Entry = Awaited<ReturnType<typeof entriesSince>>[number];

const told = ['denonciation', 'option', 'reservation'];

/** Acts in the audit from an instant on, in the order in which they were written, after the one with this id. */
export function entriesSince(
  tx: TenantTx,
  promoterId: PromoterId,
  { since, after, limit }: { since: Date; after: number; limit: number },
) {
  return tx
    .select({
      id: audit.id,
      at: audit.at,
      actorKind: audit.actorKind,
      actorAccount: audit.actorAccount,
      action: audit.action,
      subjectType: audit.subjectType,
      subjectId: audit.subjectId,
      facts: audit.facts,
    })
    .from(audit)
    .where(
      and(
        eq(audit.promoterId, promoterId),
        sql`${audit.at} > ${since.toISOString()}::timestamptz`,
        gt(audit.id, after),
        inArray(audit.subjectType, told),
      ),
    )
    .orderBy(asc(audit.id))
    .limit(limit);
}

/** The address of a lot's page. */
export const lotPath = (slug: string, extcode: string): string =>
  `/lots/${encodeURIComponent(slug)}/${encodeURIComponent(extcode)}`;

/** What a sentence names of a prospect. */
export const prospectName = sql<string>`${prospect.lastName} || ' ' || ${prospect.firstName}`;

const noParams: NoticeParams = {
  prospect: '',
  lot: '',
  programme: '',
  rank: null,
  until: null,
  before: null,
  after: null,
};
export const paramsOf = (known: Partial<NoticeParams>): NoticeParams => ({ ...noParams, ...known });

/** What these entries tell, each against the present state of what it speaks of: what has changed since is not told. */
export async function collectActs(
  tx: TenantTx,
  { promoterId, slug }: { promoterId: PromoterId; slug: string },
  entries: readonly Entry[],
): Promise<Telling[]> {
  if (entries.length === 0) return [];
  const ids = (type: string) => [
    ...new Set(entries.filter((entry) => entry.subjectType === type).map((entry) => entry.subjectId)),
  ];
  const filed = await readDenonciations(tx, promoterId, ids('denonciation'));
  const options = await readOptions(tx, promoterId, ids('option'));
  const files = await readReservations(tx, promoterId, ids('reservation'));
  return entries.flatMap((entry): Telling[] => {
    const { subjectId: id, actorKind, actorAccount } = entry;
    const deed = deedOf(entry);
    const done = (row: Act, code: NoticeCode | null, href: string, key: string): Telling[] =>
      code === null
        ? []
        : [
            {
              code,
              href,
              once: `${entry.subjectType}:${id}:${key}`,
              params: paramsOf({ ...row.params, rank: row.rank, until: row.until?.toISOString() ?? null }),
              programme: null,
              cabinet: row.cabinet,
              account: row.account,
              team: true,
              doer: actorKind === 'partner' ? actorAccount : null,
              alert: null,
            },
          ];
    const one = filed.get(id);
    if (one) return done(one, codeOfDenonciation(deed, one), `/denonciations/${id}`, attemptKey(deed, entry));
    const held = options.get(id);
    if (held) {
      return done(held, codeOfOption(deed, held), lotPath(slug, held.lot), optionKey(deed, entry, held));
    }
    const file = files.get(id);
    return file ? done(file, codeOfReservation(deed, file), `/reservations/${id}`, actKey(deed, entry)) : [];
  });
}

function deedOf({ action, actorKind, facts }: Entry): Deed {
  const rank = facts?.rank;
  return {
    verb: action.slice(action.indexOf('.') + 1),
    byPartner: actorKind === 'partner',
    settled: typeof facts?.proof === 'string',
    rank: typeof rank === 'number' ? rank : null,
  };
}

/** A rank moves each time anew, an end is put off once, and whose doing an end was may be proven later. */
function optionKey(deed: Deed, entry: Entry, { rank, endedBy }: Pick<PresentOption, 'rank' | 'endedBy'>) {
  const { verb } = deed;
  if (verb === 'rank-moved') return `${verb}:${rank}`;
  return verb === 'cancelled' && endedBy === 'unproven' ? `${verb}:${endedBy}` : actKey(deed, entry);
}

/** What did not come about may be asked for again, and so may a file be sent. */
const actKey = ({ verb }: Deed, { id }: Entry): string =>
  /^(prolongation|cancellation|withdrawal|dossier)-/.test(verb) ? `${verb}:${id}` : verb;

/** A dénonciation that was sent again may be refused again. */
const attemptKey = ({ verb }: Deed, { facts }: Entry): string => `${verb}:${facts?.attempt ?? 1}`;

type Act = {
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
