import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import {
  audit,
  denonciation,
  lot,
  lotChange,
  operation,
  option,
  programme,
  promoter,
  prospect,
  reservation,
  stockSync,
  visit,
} from '@/lib/db/schema/all';
import { asSystem, asTenant, type TenantTx } from '@/lib/db/tenancy';
import { seenBy } from '@/lib/denonciations/queries';
import { shownRank } from '@/lib/options/queries';
import { openProgramme } from '@/lib/stock/queries';
import { lastVisitEnd } from './rules';
import type { Dashboard, Figures, Listed, News, Progress, Today, UncertainAct } from './schema';

/** What one convention opens today. */
export type Opened = {
  readonly promoterId: PromoterId;
  readonly allProgrammes: boolean;
  readonly programmes: ReadonlySet<string>;
};

/** The end of this person's visit before the present one; null when there was none. */
export async function visitBefore(actor: PartnerActor, now: Date): Promise<Date | null> {
  const [row] = await asSystem((tx) => tx.select().from(visit).where(eq(visit.accountId, actor.account)));
  return row ? lastVisitEnd(row, now) : null;
}

const RECENT = sql.raw(`interval '7 days'`);
const DAY_MS = 86_400_000;
/** Lines a list of the dashboard shows: what is longer has its own page. */
const FEW = 8;

/** The dashboard of this person (a manager: of the cabinet), in one short transaction. */
export async function readDashboard(
  actor: PartnerActor,
  { opened, since, now }: { opened: readonly Opened[]; since: Date | null; now: Date },
): Promise<Dashboard> {
  return asTenant(actor.scope, async (tx) => ({
    manager: actor.role === 'manager',
    today: await readToday(tx, actor, now),
    figures: await readFigures(tx, actor),
    news: await readNews(tx, opened, since),
    progress: await readProgress(tx, actor),
  }));
}

const name = sql<string>`${prospect.lastName} || ' ' || ${prospect.firstName}`;
const lotLabel = (code: AnyPgColumn) => sql<string>`coalesce(${lot.label}, ${code})`;
const programmeLabel = (code: AnyPgColumn) => sql<string>`coalesce(${programme.label}, ${code})`;
const programmeIs = (promoterId: AnyPgColumn, code: AnyPgColumn) =>
  and(eq(programme.promoterId, promoterId), eq(programme.code, code));
const lotIs = (promoterId: AnyPgColumn, code: AnyPgColumn) =>
  and(eq(lot.promoterId, promoterId), eq(lot.extcode, code));

const optionColumns = {
  id: option.id,
  prospect: name,
  promoter: promoter.slug,
  extcode: option.lotExtcode,
  lot: lotLabel(option.lotExtcode),
  programme: programmeLabel(option.programmeCode),
  rank: shownRank,
};

const all = sql<number>`count(*) over ()`.mapWith(Number);

/** What a query with `all` in its columns found. */
function listed<Row extends { all: number }>(rows: Row[]): Listed<Omit<Row, 'all'>> {
  return { lines: rows.map(({ all: _, ...row }) => row), total: rows[0]?.all ?? 0 };
}

async function readToday(tx: TenantTx, actor: PartnerActor, now: Date): Promise<Today> {
  const placed = and(seenBy(actor, option), eq(option.state, 'placed'));
  const expiring = await tx
    .select({
      ...optionColumns,
      placedAt: option.placedAt,
      expiresAt: option.expiresAt,
      expiryFromKoban: option.expiryFromKoban,
      all,
    })
    .from(option)
    .innerJoin(prospect, eq(prospect.id, option.prospectId))
    .innerJoin(promoter, eq(promoter.id, option.promoterId))
    .leftJoin(lot, lotIs(option.promoterId, option.lotExtcode))
    .leftJoin(programme, programmeIs(option.promoterId, option.programmeCode))
    .where(and(placed, lte(option.expiresAt, new Date(now.getTime() + DAY_MS))))
    .orderBy(asc(option.expiresAt))
    .limit(FEW);
  const lost = await tx
    .select({
      id: denonciation.id,
      state: denonciation.state,
      code: denonciation.code,
      prospect: name,
      programme: programmeLabel(denonciation.programmeCode),
      at: sql`coalesce(${denonciation.decidedAt}, ${denonciation.filedAt})`.mapWith(denonciation.filedAt),
      all,
    })
    .from(denonciation)
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .leftJoin(programme, programmeIs(denonciation.promoterId, denonciation.programmeCode))
    .where(
      and(
        seenBy(actor, denonciation),
        inArray(denonciation.state, ['refused', 'unsent']),
        sql`${denonciation.filedAt} > now() - ${RECENT}`,
      ),
    )
    .orderBy(desc(denonciation.filedAt))
    .limit(FEW);
  const moves = tx
    .select({ of: audit.subjectId, at: sql<Date>`max(${audit.at})`.mapWith(audit.at).as('moved_at') })
    .from(audit)
    .where(
      and(
        inArray(audit.promoterId, actor.scope.promoters.length ? [...actor.scope.promoters] : ['']),
        eq(audit.cabinetId, actor.cabinet),
        eq(audit.action, 'option.rank-moved'),
        sql`${audit.at} > now() - ${RECENT}`,
      ),
    )
    .groupBy(audit.subjectId)
    .as('moves');
  const moved = await tx
    .select({ ...optionColumns, at: moves.at, all })
    .from(moves)
    .innerJoin(option, eq(sql`${option.id}::text`, moves.of))
    .innerJoin(prospect, eq(prospect.id, option.prospectId))
    .innerJoin(promoter, eq(promoter.id, option.promoterId))
    .leftJoin(lot, lotIs(option.promoterId, option.lotExtcode))
    .leftJoin(programme, programmeIs(option.promoterId, option.programmeCode))
    .where(placed)
    .orderBy(desc(moves.at))
    .limit(FEW);
  return {
    expiring: listed(expiring),
    uncertain: await readUncertain(tx, actor),
    lost: {
      total: lost[0]?.all ?? 0,
      lines: lost.flatMap(({ state, all: _, ...row }) =>
        state === 'refused' || state === 'unsent' ? [{ ...row, state }] : [],
      ),
    },
    moved: listed(moved),
  };
}

const actOf: Record<(typeof operation.$inferSelect)['kind'], UncertainAct['act']> = {
  denonciation: 'denonciation',
  option: 'option',
  prolongation: 'option',
  annulation: 'option',
  preresv: 'reservation',
  dossier: 'reservation',
  desistement: 'reservation',
};

/** An act on an option or a file that another act made names it in its data. */
const named = (key: string) => sql`${operation.data}->>${key}`;

async function readUncertain(tx: TenantTx, actor: PartnerActor): Promise<Listed<UncertainAct>> {
  const rows = await tx
    .select({
      id: operation.id,
      kind: operation.kind,
      subject: sql<string | null>`coalesce(${denonciation.id}, ${reservation.id})`,
      prospect: sql<string | null>`${name}`,
      promoter: promoter.slug,
      extcode: operation.lotExtcode,
      lot: sql<string | null>`coalesce(${lot.label}, ${operation.lotExtcode})`,
      programme: programmeLabel(operation.programmeCode),
      since: sql`coalesce(${operation.uncertainAt}, ${operation.createdAt})`.mapWith(operation.createdAt),
      all,
    })
    .from(operation)
    .innerJoin(promoter, eq(promoter.id, operation.promoterId))
    .leftJoin(denonciation, eq(denonciation.operationId, operation.id))
    .leftJoin(
      option,
      or(eq(option.operationId, operation.id), sql`${option.id}::text = ${named('optionId')}`),
    )
    .leftJoin(
      reservation,
      or(eq(reservation.operationId, operation.id), sql`${reservation.id}::text = ${named('reservationId')}`),
    )
    .leftJoin(
      prospect,
      sql`${prospect.id} = coalesce(${denonciation.prospectId}, ${option.prospectId}, ${reservation.prospectId})`,
    )
    .leftJoin(lot, lotIs(operation.promoterId, operation.lotExtcode))
    .leftJoin(programme, programmeIs(operation.promoterId, operation.programmeCode))
    .where(and(seenBy(actor, operation), eq(operation.state, 'uncertain')))
    .orderBy(desc(operation.createdAt))
    .limit(FEW);
  const { lines, total } = listed(rows);
  return { lines: lines.map(({ kind, ...row }) => ({ ...row, act: actOf[kind] })), total };
}

/** Since when a figure counts, in Paris. */
const from = (unit: 'month' | 'year') =>
  sql.raw(`(date_trunc('${unit}', now() at time zone 'Europe/Paris') at time zone 'Europe/Paris')`);

async function readFigures(tx: TenantTx, actor: PartnerActor): Promise<Figures> {
  const counted = (at: SQL | AnyPgColumn) => ({
    month: sql<number>`count(*) filter (where ${at} >= ${from('month')})`.mapWith(Number),
    year: sql<number>`count(*) filter (where ${at} >= ${from('year')})`.mapWith(Number),
  });
  const [filed] = await tx
    .select(counted(denonciation.filedAt))
    .from(denonciation)
    .where(seenBy(actor, denonciation));
  const [placed] = await tx
    .select(counted(option.placedAt))
    .from(option)
    .where(and(seenBy(actor, option), inArray(option.state, ['placed', 'expired', 'cancelled', 'used'])));
  const [reserved] = await tx
    .select(counted(reservation.preresvAt))
    .from(reservation)
    .where(and(seenBy(actor, reservation), isNotNull(reservation.preresvAt)));
  const none = { month: 0, year: 0 };
  return { denonciations: filed ?? none, options: placed ?? none, reservations: reserved ?? none };
}

const opens = (opened: readonly Opened[], promoterId: AnyPgColumn, code: AnyPgColumn) =>
  or(
    ...opened.map((one) =>
      and(
        eq(promoterId, one.promoterId),
        one.allProgrammes ? undefined : inArray(code, one.programmes.size ? [...one.programmes] : ['']),
      ),
    ),
  );

async function readNews(tx: TenantTx, opened: readonly Opened[], since: Date | null): Promise<News> {
  if (since === null || opened.length === 0) return { since, programmes: [], prices: [], morePrices: 0 };
  const programmes = await tx
    .select({
      promoter: promoter.slug,
      promoterName: promoter.name,
      code: programme.code,
      label: programme.label,
      at: programme.firstSeenAt,
    })
    .from(programme)
    .innerJoin(promoter, eq(promoter.id, programme.promoterId))
    .innerJoin(stockSync, eq(stockSync.promoterId, programme.promoterId))
    .where(
      and(
        opens(opened, programme.promoterId, programme.code),
        openProgramme,
        gt(programme.firstSeenAt, since),
        // What the first pull of all brought is the stock, not news.
        gt(programme.firstSeenAt, stockSync.fullDoneAt),
      ),
    )
    .orderBy(desc(programme.firstSeenAt))
    .limit(FEW);
  const first = sql`(array_agg(${lotChange.before} order by ${lotChange.id}))[1]`;
  const cents = (text: string | null) => (text === null ? null : Number(text));
  const rows = await tx
    .select({
      promoter: promoter.slug,
      extcode: lot.extcode,
      lot: lot.label,
      programme: programmeLabel(lot.programmeCode),
      before: sql<string | null>`${first}`,
      after: lot.priceCents,
      at: sql`max(${lotChange.at})`.mapWith(lotChange.at),
      all,
    })
    .from(lotChange)
    .innerJoin(promoter, eq(promoter.id, lotChange.promoterId))
    .innerJoin(lot, and(lotIs(lotChange.promoterId, lotChange.extcode), isNull(lot.withdrawnAt)))
    .innerJoin(programme, and(programmeIs(lot.promoterId, lot.programmeCode), openProgramme))
    .where(
      and(
        opens(opened, lotChange.promoterId, lot.programmeCode),
        eq(lotChange.kind, 'price'),
        gt(lotChange.at, since),
      ),
    )
    .groupBy(promoter.slug, lot.promoterId, lot.extcode, programme.label)
    // A price that came back to what it was is none.
    .having(sql`${first} is distinct from ${lot.priceCents}::text`)
    .orderBy(sql`max(${lotChange.at}) desc`)
    .limit(FEW);
  return {
    since,
    programmes,
    prices: rows.map(({ all: _, before, ...row }) => ({ ...row, before: cents(before) })),
    morePrices: Math.max(0, (rows[0]?.all ?? 0) - rows.length),
  };
}

async function readProgress(tx: TenantTx, actor: PartnerActor): Promise<Progress[]> {
  const rows = await rowsOf<{
    id: string;
    prospect: string;
    programme: string;
    promoter: string;
    pending: boolean;
    stage: Progress['stage'];
  }>(
    tx,
    sql`select ${denonciation.id} as id, ${name} as prospect, ${programmeLabel(denonciation.programmeCode)} as programme,
        ${promoter.name} as promoter, ${denonciation.state} <> 'accepted' as pending,
        case when held.validated then 'validated' when held.preresv then 'preresv'
          when held.option then 'option' else 'denounced' end as stage
      from ${denonciation}
      join ${prospect} on ${prospect.id} = ${denonciation.prospectId}
      join ${promoter} on ${promoter.id} = ${denonciation.promoterId}
      left join ${programme} on ${programmeIs(denonciation.promoterId, denonciation.programmeCode)}
      cross join lateral (select
        exists (select 1 from ${option} where ${option.denonciationId} = ${denonciation.id}
          and ${option.state} in ('placed', 'used')) as option,
        exists (select 1 from ${reservation} where ${reservation.denonciationId} = ${denonciation.id}
          and ${reservation.state} in ('preresv', 'validated')) as preresv,
        exists (select 1 from ${reservation} where ${reservation.denonciationId} = ${denonciation.id}
          and ${reservation.state} = 'validated') as validated,
        exists (select 1 from ${option} where ${option.denonciationId} = ${denonciation.id}
          and ${option.state} = 'placed') or exists (select 1 from ${reservation}
          where ${reservation.denonciationId} = ${denonciation.id} and ${reservation.state} = 'preresv') as live) held
      where ${seenBy(actor, denonciation)} and ${denonciation.state} in ('accepted', 'pending', 'uncertain')
      -- What holds a lot today asks for care; the rest, latest first, has a page of its own.
      order by held.live desc, ${denonciation.filedAt} desc limit ${FEW}`,
  );
  return rows.map(({ id, promoter: promoterName, ...row }) => ({ ...row, denonciation: id, promoterName }));
}
