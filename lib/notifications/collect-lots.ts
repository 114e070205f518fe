import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { account, convention, lot, lotAlert, lotChange, option, programme } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { granting } from '@/lib/denonciations/queries';
import { openProgramme } from '@/lib/stock/queries';
import { lotPath, paramsOf, type Telling } from './collect-acts';

type Where = { promoterId: PromoterId; slug: string };

/** A lot's change that is worth telling. */
export type Change = Awaited<ReturnType<typeof changesSince>>[number];

/** Prices changed and lots withdrawn, from an instant on, after the one with this id. */
export function changesSince(
  tx: TenantTx,
  promoterId: PromoterId,
  { since, after, limit }: { since: Date; after: number; limit: number },
) {
  return tx
    .select()
    .from(lotChange)
    .where(
      and(
        eq(lotChange.promoterId, promoterId),
        sql`${lotChange.at} > ${since.toISOString()}::timestamptz`,
        gt(lotChange.id, after),
        inArray(lotChange.kind, ['price', 'withdrawn']),
      ),
    )
    .orderBy(asc(lotChange.id))
    .limit(limit);
}

const watched = {
  extcode: lot.extcode,
  label: lot.label,
  programmeCode: lot.programmeCode,
  programme: sql<string>`coalesce(${programme.label}, ${lot.programmeCode})`,
};
const programmeOf = and(eq(programme.promoterId, lot.promoterId), eq(programme.code, lot.programmeCode));

/**
 * What these changes tell those who follow the lots, and those who have an option on one. A price that has changed again, or a
 * lot that came back, is not told: its own change is. Prices of a programme that has closed are told to holders alone.
 */
export async function collectChanges(
  tx: TenantTx,
  { promoterId, slug }: Where,
  changes: readonly Change[],
): Promise<Telling[]> {
  const codes = [...new Set(changes.map(({ extcode }) => extcode))];
  if (codes.length === 0) return [];
  const lots = await tx
    .select({
      ...watched,
      priceCents: lot.priceCents,
      withdrawnAt: lot.withdrawnAt,
      open: sql<boolean>`coalesce(${openProgramme}, false)`,
    })
    .from(lot)
    .leftJoin(programme, programmeOf)
    .where(and(eq(lot.promoterId, promoterId), inArray(lot.extcode, codes)));
  const followers = await tx
    .select({ extcode: lotAlert.lotExtcode, account: lotAlert.accountId, cabinet: lotAlert.cabinetId })
    .from(lotAlert)
    .where(
      and(
        eq(lotAlert.promoterId, promoterId),
        inArray(lotAlert.lotExtcode, codes),
        eq(lotAlert.kind, 'followed'),
        isNull(lotAlert.honouredAt),
      ),
    );
  const holders = await tx
    .select({ extcode: option.lotExtcode, account: option.accountId, cabinet: option.cabinetId })
    .from(option)
    .where(
      and(
        eq(option.promoterId, promoterId),
        inArray(option.lotExtcode, codes),
        inArray(option.state, ['placed', 'uncertain']),
      ),
    );
  const people = [
    ...followers.map((one) => ({ ...one, team: false })),
    ...holders.map((one) => ({ ...one, team: true })),
  ];
  const present = new Map(lots.map((one) => [one.extcode, one]));
  return changes.flatMap(({ id, extcode, kind, before, after }) => {
    const now = present.get(extcode);
    if (!now || !stillSo(kind, after, now)) return [];
    return people
      .filter((one) => one.extcode === extcode && (now.open || kind === 'withdrawn' || one.team))
      .map(
        ({ account, cabinet, team }): Telling => ({
          code: kind === 'price' ? 'lot-price' : 'lot-withdrawn',
          params: paramsOf({
            lot: now.label,
            programme: now.programme,
            before: centsOf(kind === 'price' ? before : null),
            after: centsOf(after),
          }),
          href: lotPath(slug, extcode),
          once: `lot-${kind}:${promoterId}:${id}`,
          programme: now.programmeCode,
          cabinet,
          account,
          team,
          doer: null,
          alert: null,
        }),
      );
  });
}

/** The programme of a lot that still is as this change says; null when it has changed again. */
export async function stillChanged(
  tx: TenantTx,
  promoterId: PromoterId,
  changeId: number,
): Promise<string | null> {
  const [row] = await tx
    .select({
      kind: lotChange.kind,
      after: lotChange.after,
      programmeCode: lot.programmeCode,
      priceCents: lot.priceCents,
      withdrawnAt: lot.withdrawnAt,
    })
    .from(lotChange)
    .innerJoin(lot, and(eq(lot.promoterId, lotChange.promoterId), eq(lot.extcode, lotChange.extcode)))
    .where(and(eq(lotChange.promoterId, promoterId), eq(lotChange.id, changeId)));
  return row && stillSo(row.kind, row.after, row) ? row.programmeCode : null;
}

type Present = { priceCents: number | null; withdrawnAt: Date | null };

function stillSo(kind: Change['kind'], after: string | null, { priceCents, withdrawnAt }: Present): boolean {
  if (kind === 'withdrawn') return withdrawnAt !== null;
  return withdrawnAt === null && priceCents === centsOf(after);
}

const centsOf = (text: string | null): number | null => (text === null ? null : Number(text));

const asker = { cabinet: lotAlert.cabinetId, account: lotAlert.accountId };

const isFree = and(
  isNull(lot.withdrawnAt),
  sql`upper(${lot.statusCode}) = 'LIBRE' and upper(coalesce(${lot.result}, '')) <> 'WON'`,
);

/** The programme of the lot that an alert asked for, while it is free and its programme open; null when it is not. */
export async function stillFree(
  tx: TenantTx,
  promoterId: PromoterId,
  alertId: number,
): Promise<string | null> {
  const [row] = await tx
    .select({ programmeCode: lot.programmeCode })
    .from(lotAlert)
    .innerJoin(lot, and(eq(lot.promoterId, lotAlert.promoterId), eq(lot.extcode, lotAlert.lotExtcode)))
    .innerJoin(programme, and(programmeOf, openProgramme))
    .where(and(eq(lotAlert.promoterId, promoterId), eq(lotAlert.id, alertId), isFree));
  return row?.programmeCode ?? null;
}

/**
 * Lots that are free now although somebody asked to be told when they would be: one telling an asker, in the order of asking.
 * Read from the lots as they are, and not from their changes: a lot that was free for a moment only is not told. Only askers who may be
 * told today: an alert is spent by telling it, and those of others would stand before everybody's.
 */
export async function collectFreed(tx: TenantTx, { promoterId, slug }: Where): Promise<Telling[]> {
  const rows = await tx
    .select({ ...watched, id: lotAlert.id, account: lotAlert.accountId, cabinet: lotAlert.cabinetId })
    .from(lotAlert)
    .innerJoin(lot, and(eq(lot.promoterId, lotAlert.promoterId), eq(lot.extcode, lotAlert.lotExtcode)))
    .innerJoin(programme, and(programmeOf, openProgramme))
    .innerJoin(
      account,
      and(
        eq(account.id, lotAlert.accountId),
        eq(account.cabinetId, lotAlert.cabinetId),
        isNull(account.disabledAt),
      ),
    )
    .innerJoin(
      convention,
      and(eq(convention.promoterId, lotAlert.promoterId), granting(asker, lot.programmeCode)),
    )
    .where(
      and(
        eq(lotAlert.promoterId, promoterId),
        eq(lotAlert.kind, 'freed'),
        isNull(lotAlert.honouredAt),
        isFree,
      ),
    )
    .orderBy(asc(lotAlert.id))
    .limit(500);
  return rows.map((row) => ({
    code: 'lot-freed',
    params: paramsOf({ lot: row.label, programme: row.programme }),
    href: lotPath(slug, row.extcode),
    once: `lot-freed:${row.id}`,
    programme: row.programmeCode,
    cabinet: row.cabinet,
    account: row.account,
    team: false,
    doer: null,
    alert: row.id,
  }));
}
