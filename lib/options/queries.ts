import { and, asc, count, desc, eq, gt, inArray, isNull, like, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import {
  convention,
  denonciation,
  lot,
  operation,
  option,
  programme,
  promoter,
  prospect,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { granting, PAGE, seenBy, withinScope } from '@/lib/denonciations/queries';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { searchWords } from '@/lib/prospects/rules';
import { openProgramme } from '@/lib/stock/queries';
import { lineOf, lotOf, optionLines, programmeOf } from './read-lines';
import { shownRank } from './read-rank';
import { OPTIONS_PER_PROSPECT } from './rules';
import type { EligibleProspect, LiveOption, LotRef, OptionFilter, OptionLine, OptionPage } from './schema';

export { shownRank };

/**
 * The lot as this partner's convention opens it today; null when it does not, or when nothing may be begun on it (annex, gone,
 * without a code, its programme closed). `lock` keeps the convention's row until the transaction ends, so that its limit is counted
 * once at a time.
 */
export async function openLot(tx: TenantTx, actor: PartnerActor, ref: LotRef, lock = false) {
  const query = tx
    .select({
      promoterId: promoter.id,
      kobanAccount: promoter.kobanAccount,
      settings: promoter.settings,
      programmeCode: lot.programmeCode,
      partGuid: convention.kobanGuid,
      maxOptions: convention.maxOptions,
    })
    .from(promoter)
    .innerJoin(lot, and(eq(lot.promoterId, promoter.id), eq(lot.extcode, ref.extcode)))
    .innerJoin(
      programme,
      and(eq(programme.promoterId, promoter.id), eq(programme.code, lot.programmeCode), openProgramme),
    )
    .innerJoin(convention, and(eq(convention.promoterId, promoter.id), granting(actor, lot.programmeCode)))
    .where(
      and(
        eq(promoter.slug, ref.promoter),
        eq(lot.actable, true),
        eq(lot.secondary, false),
        isNull(lot.withdrawnAt),
      ),
    );
  const [row] = await (lock ? query.for('update', { of: convention }) : query);
  const promoterId = row && withinScope(actor, row.promoterId);
  if (!row || !promoterId) return null;
  const { optionHours, optionHoursMax } = promoterSettingsSchema.parse(row.settings);
  return { ...row, promoterId, extcode: ref.extcode, optionHours, optionHoursMax };
}

export type OpenLot = NonNullable<Awaited<ReturnType<typeof openLot>>>;

/** An option that counts against a limit: placed and not over, or perhaps placed. */
export const counts = or(
  inArray(option.state, ['pending', 'uncertain']),
  and(eq(option.state, 'placed'), gt(option.expiresAt, sql`clock_timestamp()`)),
);

/** How many options that count there are of one kind, for each row of dénonciations. */
const countOf = (which: SQL | undefined) =>
  sql<number>`(select count(*)::integer from ${option} where ${option.promoterId} = ${denonciation.promoterId} and ${which} and ${counts})`;

/** A dénonciation that may carry an option on the lot, with what counts against the limits; null when it may not. */
export async function usableDenonciation(tx: TenantTx, actor: PartnerActor, on: OpenLot, id: string) {
  const [row] = await tx
    .select({
      prospectId: denonciation.prospectId,
      thirdGuid: prospect.kobanGuid,
      prospectOptions: countOf(eq(option.prospectId, denonciation.prospectId)),
      cabinetOptions: countOf(eq(option.cabinetId, actor.cabinet)),
      onThisLot: countOf(
        and(eq(option.prospectId, denonciation.prospectId), eq(option.lotExtcode, on.extcode)),
      ),
    })
    .from(denonciation)
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .where(
      and(
        eq(denonciation.id, id),
        eq(denonciation.promoterId, on.promoterId),
        eq(denonciation.programmeCode, on.programmeCode),
        eq(denonciation.state, 'accepted'),
        seenBy(actor, denonciation),
      ),
    );
  return row ?? null;
}

/** Prospects for whom this partner may place an option on the lot: accepted dénonciations on its programme, by name. */
export async function eligibleProspects(
  tx: TenantTx,
  actor: PartnerActor,
  on: OpenLot,
): Promise<EligibleProspect[]> {
  const rows = await tx
    .select({
      denonciationId: denonciation.id,
      lastName: prospect.lastName,
      firstName: prospect.firstName,
      email: prospect.email,
      filedAt: denonciation.filedAt,
      liveOptions: countOf(eq(option.prospectId, denonciation.prospectId)),
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
    .orderBy(asc(prospect.lastName), asc(prospect.firstName), desc(denonciation.filedAt));
  return rows.map((row) => ({ ...row, full: row.liveOptions >= OPTIONS_PER_PROSPECT }));
}

/** A rank that changed before anything was sent is no option of anybody's: the partner was asked again. */
const shown = or(isNull(option.code), ne(option.code, 'rank-changed'));

/** Which group of « Mes options » an option belongs to. */
const group = sql<NonNullable<OptionFilter['state']>>`case
  when ${option.state} in ('pending', 'placed') then 'live'
  when ${option.state} = 'uncertain' then 'uncertain'
  when ${option.state} in ('refused', 'unsent') then 'refused'
  else 'ended' end`;

/** The partner's options, those that end first on top; a manager sees the whole cabinet's. */
export async function listOptions(actor: PartnerActor, filter: OptionFilter): Promise<OptionPage> {
  const words = searchWords(filter.q);
  const found = and(
    seenBy(actor, option),
    shown,
    words.length === 0
      ? undefined
      : or(
          and(...words.map((word) => like(prospect.search, `%${word}%`))),
          sql`position(lower(${filter.q}) in lower(concat_ws(' ', ${programme.label}, ${lot.label}, ${option.lotExtcode}))) > 0`,
        ),
  );
  return asTenant(actor.scope, async (tx) => {
    const perGroup = await tx
      .select({ state: group, count: count() })
      .from(option)
      .innerJoin(prospect, eq(prospect.id, option.prospectId))
      .leftJoin(lot, lotOf)
      .leftJoin(programme, programmeOf)
      .where(found)
      .groupBy(sql`1`);
    const total = perGroup
      .filter((row) => filter.state === null || row.state === filter.state)
      .reduce((sum, row) => sum + row.count, 0);
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const lines = await optionLines(tx, actor)
      .where(and(found, filter.state === null ? undefined : eq(group, filter.state)))
      .orderBy(
        sql`case when ${option.state} in ('pending', 'placed', 'uncertain') then 0 else 1 end`,
        sql`case when ${option.state} in ('pending', 'placed', 'uncertain') then ${option.expiresAt} end`,
        desc(option.placedAt),
        desc(option.id),
      )
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    return {
      lines: lines.map(lineOf),
      total,
      page,
      pages,
      counts: Object.fromEntries(perGroup.map((row) => [row.state, row.count])),
      readAt: new Date(),
    };
  });
}

/** This partner's options on one lot, latest first. */
export async function optionsOfLot(actor: PartnerActor, ref: LotRef): Promise<OptionLine[]> {
  const rows = await asTenant(actor.scope, (tx) =>
    optionLines(tx, actor)
      .where(
        and(
          eq(promoter.slug, ref.promoter),
          eq(option.lotExtcode, ref.extcode),
          seenBy(actor, option),
          shown,
        ),
      )
      .orderBy(desc(option.placedAt)),
  );
  return rows.map(lineOf);
}

/** This partner's options that rest on one dénonciation, latest first. */
export async function optionsOfDenonciation(actor: PartnerActor, id: string): Promise<OptionLine[]> {
  const rows = await asTenant(actor.scope, (tx) =>
    optionLines(tx, actor)
      .where(and(eq(option.denonciationId, id), seenBy(actor, option), shown))
      .orderBy(desc(option.placedAt)),
  );
  return rows.map(lineOf);
}

/** What changes of an option while one looks at it; null when this partner may not see it. */
export async function liveOption(actor: PartnerActor, id: string): Promise<LiveOption | null> {
  const [row] = await asTenant(actor.scope, (tx) =>
    tx
      .select({
        state: option.state,
        proof: option.proof,
        rank: shownRank,
        code: option.code,
        kobanMessage: option.kobanMessage,
        expiresAt: option.expiresAt,
        expiryFromKoban: option.expiryFromKoban,
        nextCheckAt: operation.nextCheckAt,
      })
      .from(option)
      .innerJoin(operation, eq(operation.id, option.operationId))
      .where(and(eq(option.id, id), seenBy(actor, option))),
  );
  return row ?? null;
}
