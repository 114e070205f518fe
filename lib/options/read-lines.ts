import { and, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { PartnerActor } from '@/lib/core/scope';
import {
  account,
  convention,
  lot,
  operation,
  option,
  programme,
  promoter,
  prospect,
} from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { refusedWhy } from '@/lib/denonciations/queries';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { shownRank } from './read-rank';
import { prolongationOf } from './rules';
import type { ChangeKind, OptionLine } from './schema';

export const lotOf = and(eq(lot.promoterId, option.promoterId), eq(lot.extcode, option.lotExtcode));
export const programmeOf = and(
  eq(programme.promoterId, option.promoterId),
  eq(programme.code, option.programmeCode),
);

/** A change of the option that is being sent, or whose result is not known. */
const change = alias(operation, 'change');
const changeOf = and(
  eq(change.promoterId, option.promoterId),
  eq(change.lotExtcode, option.lotExtcode),
  inArray(change.state, ['open', 'uncertain']),
  inArray(change.kind, ['prolongation', 'annulation']),
  sql`${change.data} ->> 'optionId' = ${option.id}::text`,
);

const lineColumns = (actor: PartnerActor) => ({
  why: refusedWhy(actor, option.programmeCode),
  validFrom: convention.validFrom,
  validUntil: convention.validUntil,
  id: option.id,
  endedBy: option.endedBy,
  endedAt: option.endedAt,
  cancelReason: option.cancelReason,
  prolongedTo: option.prolongedTo,
  settings: promoter.settings,
  change: {
    kind: sql<ChangeKind | null>`${change.kind}`,
    state: sql<'open' | 'uncertain'>`${change.state}`,
    nextCheckAt: change.nextCheckAt,
  },
  // What Koban's webhook told was placed by the promoter, not sent from here.
  withoutBroker: sql<boolean>`(${operation.data} ->> 'partGuid' is null and ${operation.requestHash} <> 'webhook'
    and ${inArray(option.state, ['placed', 'uncertain'])})`,
  prospectOptions: sql<number>`(select count(*)::integer from "option" as other where other.promoter_id = ${option.promoterId}
    and other.prospect_id = ${option.prospectId} and (other.state in ('pending', 'uncertain')
      or (other.state = 'placed' and other.expires_at > clock_timestamp())))`,
  state: option.state,
  proof: option.proof,
  rank: shownRank,
  code: option.code,
  kobanMessage: option.kobanMessage,
  placedAt: option.placedAt,
  expiresAt: option.expiresAt,
  expiryFromKoban: option.expiryFromKoban,
  denonciationId: option.denonciationId,
  placedBy: account.name,
  nextCheckAt: operation.nextCheckAt,
  prospect: { lastName: prospect.lastName, firstName: prospect.firstName },
  lot: {
    extcode: option.lotExtcode,
    label: sql<string>`coalesce(${lot.label}, ${option.lotExtcode})`,
    typology: lot.typology,
    priceCents: lot.priceCents,
  },
  programme: {
    code: option.programmeCode,
    label: sql<string>`coalesce(${programme.label}, ${option.programmeCode})`,
    promoter: promoter.slug,
    promoterName: promoter.name,
  },
});

/** Options as lists show them to this partner, for whoever asks to choose from. */
export const optionLines = (tx: TenantTx, actor: PartnerActor) =>
  tx
    .select(lineColumns(actor))
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .innerJoin(prospect, eq(prospect.id, option.prospectId))
    .innerJoin(promoter, eq(promoter.id, option.promoterId))
    .innerJoin(account, eq(account.id, option.accountId))
    .leftJoin(
      convention,
      and(eq(convention.promoterId, option.promoterId), eq(convention.cabinetId, actor.cabinet)),
    )
    .leftJoin(lot, lotOf)
    .leftJoin(programme, programmeOf)
    .leftJoin(change, changeOf);

type Row = Awaited<ReturnType<typeof optionLines>>[number];

/** One line, with how far its option may be prolonged, and why this partner may no longer act on it. */
export function lineOf({ settings, change: asked, why, validFrom, validUntil, ...row }: Row): OptionLine {
  const open = row.state === 'placed' && row.prolongedTo === null;
  const prolongation = open ? prolongationOf(row, promoterSettingsSchema.parse(settings)) : null;
  const kind = asked?.kind ?? null;
  return {
    ...row,
    prolongation,
    shut: shutOf({ why, validFrom, validUntil }),
    change: asked && kind ? { ...asked, kind } : null,
  };
}

type Terms<Why> = { why: Why | null; validFrom: string | null; validUntil: string | null };

/** Why a right has ended, with the day that says since or until when; null when it has not. */
export const shutOf = <Why extends string>({ why, validFrom, validUntil }: Terms<Why>) =>
  why && {
    why,
    day: why === 'convention-coming' ? validFrom : why === 'convention-ended' ? validUntil : null,
  };
