import { and, asc, count, desc, eq, inArray, isNull, like, ne, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { shutOut } from '@/lib/auth/account-state';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import {
  account,
  cabinet,
  convention,
  conventionProgramme,
  denonciation,
  lot,
  operation,
  operationStep,
  partnerAccess,
  programme,
  promoter,
  prospect,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import type { OperationRow } from '@/lib/operations/definition';
import { searchWords } from '@/lib/prospects/rules';
import { openProgramme } from '@/lib/stock/queries';
import { canResend, hasReceipt } from './rules';
import type {
  DenonciationDetail,
  DenonciationFilter,
  DenonciationPage,
  LiveDenonciation,
  ProgrammeRef,
  RightEnded,
  Shut,
} from './schema';

/** One person, or the columns that name one in each row of a query. */
type Person = { cabinet: string | AnyPgColumn; account: string | AnyPgColumn };

const today = sql`(clock_timestamp() at time zone 'Europe/Paris')::date`;

/** Why a convention does not open its promoter to this person today (both days inclusive, in Paris); null when it does. */
export const shutWhy = (of: Person): SQL<Shut | null> =>
  sql`case
    when exists (select 1 from ${partnerAccess} where ${partnerAccess.promoterId} = ${convention.promoterId}
      and ${partnerAccess.accountId} = ${of.account} and ${inArray(partnerAccess.state, [...shutOut])}) then 'access-closed'
    when ${convention.suspendedAt} is not null then 'convention-suspended'
    when ${convention.validFrom} > ${today} then 'convention-coming'
    when ${convention.validUntil} < ${today} then 'convention-ended' end`;

/**
 * Why this person may not act on this programme today, whatever the act: what gates refuse by, and what screens say. Asked of the
 * database within the act itself, so that a right taken away a moment ago is refused. No convention opens nothing.
 */
export const refusedWhy = (of: Person, programmeCode: AnyPgColumn): SQL<RightEnded | null> =>
  sql`coalesce(${shutWhy(of)}, case
    when ${convention.allProgrammes} or exists (select 1 from ${conventionProgramme}
      where ${conventionProgramme.conventionId} = ${convention.id}
        and ${conventionProgramme.programmeCode} = ${programmeCode}) then null
    else 'programme-closed' end)`;

/** Conventions of this cabinet by which this person may act on this programme today. */
export const granting = (of: Person, programmeCode: AnyPgColumn) =>
  and(eq(convention.cabinetId, of.cabinet), isNull(refusedWhy(of, programmeCode)));

/** Proves that an id read from the database lies within the actor's scope. */
export const withinScope = (actor: PartnerActor, id: string): PromoterId | null =>
  actor.scope.promoters.find((promoterId) => promoterId === id) ?? null;

/** The programme as this partner's convention opens it today; null when it does not, or Koban has none open. */
export async function grantedProgramme(tx: TenantTx, actor: PartnerActor, ref: ProgrammeRef) {
  const [row] = await tx
    .select({ promoterId: promoter.id, kobanAccount: promoter.kobanAccount, label: programme.label })
    .from(promoter)
    .innerJoin(
      programme,
      and(eq(programme.promoterId, promoter.id), eq(programme.code, ref.code), openProgramme),
    )
    .innerJoin(convention, and(eq(convention.promoterId, promoter.id), granting(actor, programme.code)))
    .where(eq(promoter.slug, ref.promoter));
  const id = row ? withinScope(actor, row.promoterId) : null;
  return row && id ? { ...row, promoterId: id } : null;
}

/** Whether the author of an act could still begin it today: account, convention and programme. */
export const stillPermitted = (tx: TenantTx, act: OperationRow): Promise<boolean> =>
  mayAct(tx, act, openProgramme);

/** The same of an act on what its author holds already, which a programme that closes leaves alone. */
export const stillPermittedOnHeld = (tx: TenantTx, act: OperationRow): Promise<boolean> =>
  mayAct(tx, act, undefined);

async function mayAct(
  tx: TenantTx,
  { accountId, cabinetId, promoterId, programmeCode }: OperationRow,
  only: SQL | undefined,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: account.id })
    .from(account)
    .innerJoin(programme, and(eq(programme.promoterId, promoterId), eq(programme.code, programmeCode), only))
    .innerJoin(
      convention,
      and(
        eq(convention.promoterId, promoterId),
        granting({ cabinet: cabinetId, account: accountId }, programme.code),
      ),
    )
    .where(and(eq(account.id, accountId), eq(account.cabinetId, cabinetId), isNull(account.disabledAt)));
  return row !== undefined;
}

/** Dénonciations that belong to these acts, by act. */
export async function denonciationsOf(tx: TenantTx, operationIds: string[]): Promise<Map<string, string>> {
  if (operationIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: denonciation.id, operationId: denonciation.operationId })
    .from(denonciation)
    .where(inArray(denonciation.operationId, operationIds));
  return new Map(rows.map((row) => [row.operationId, row.id]));
}

/**
 * A dénonciation of the same person (by e-mail or phone) on the same programme that the cabinet holds already or has under
 * way. What this very form began comes first (the same form may be in two hands at once), then an accepted one.
 */
export async function cabinetsOwn(
  tx: TenantTx,
  actor: PartnerActor,
  on: { promoterId: PromoterId; programmeCode: string },
  person: { email: string; phone: string },
  form: { formKey: string; requestHash: string },
) {
  const sameForm = sql<boolean>`(${operation.formKey} = ${form.formKey} and ${operation.requestHash} = ${form.requestHash}
    and ${operation.accountId} = ${actor.account})`;
  const [row] = await tx
    .select({
      id: denonciation.id,
      state: denonciation.state,
      accountId: denonciation.accountId,
      operationId: denonciation.operationId,
      sameForm,
    })
    .from(denonciation)
    .innerJoin(operation, eq(operation.id, denonciation.operationId))
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .where(
      and(
        eq(denonciation.promoterId, on.promoterId),
        eq(denonciation.cabinetId, actor.cabinet),
        eq(denonciation.programmeCode, on.programmeCode),
        inArray(denonciation.state, ['accepted', 'pending', 'uncertain']),
        or(eq(prospect.email, person.email), eq(prospect.phone, person.phone)),
      ),
    )
    .orderBy(desc(sameForm), ne(denonciation.state, 'accepted'))
    .limit(1);
  return row ?? null;
}

/** Which rows a partner sees: an adviser his own, a manager the whole cabinet's. */
export const seenBy = (actor: PartnerActor, table: { cabinetId: AnyPgColumn; accountId: AnyPgColumn }) =>
  and(
    eq(table.cabinetId, actor.cabinet),
    actor.role === 'manager' ? undefined : eq(table.accountId, actor.account),
  );

/** Lines on a page of a list. */
export const PAGE = 25;

const lineColumns = {
  id: denonciation.id,
  reference: denonciation.reference,
  state: denonciation.state,
  proof: denonciation.proof,
  code: denonciation.code,
  kobanMessage: denonciation.kobanMessage,
  filedAt: denonciation.filedAt,
  decidedAt: denonciation.decidedAt,
  filedBy: account.name,
  prospect: {
    lastName: prospect.lastName,
    firstName: prospect.firstName,
    email: prospect.email,
    phone: prospect.phone,
  },
  programme: {
    code: denonciation.programmeCode,
    label: sql<string>`coalesce(${programme.label}, ${denonciation.programmeCode})`,
    promoter: promoter.slug,
    promoterName: promoter.name,
  },
};

const programmeOf = and(
  eq(programme.promoterId, denonciation.promoterId),
  eq(programme.code, denonciation.programmeCode),
);

/** The partner's dénonciations, latest first; a manager sees the whole cabinet's. */
export async function listDenonciations(
  actor: PartnerActor,
  filter: DenonciationFilter,
): Promise<DenonciationPage> {
  const words = searchWords(filter.q);
  const found = and(
    seenBy(actor, denonciation),
    words.length === 0
      ? undefined
      : or(
          and(...words.map((word) => like(prospect.search, `%${word}%`))),
          sql`position(lower(${filter.q}) in lower(coalesce(${programme.label}, ''))) > 0`,
          eq(denonciation.reference, filter.q.toUpperCase().replace(/[^0-9A-Z]/g, '')),
        ),
  );
  return asTenant(actor.scope, async (tx) => {
    const perState = await tx
      .select({ state: denonciation.state, count: count() })
      .from(denonciation)
      .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
      .leftJoin(programme, programmeOf)
      .where(found)
      .groupBy(denonciation.state);
    const counts = Object.fromEntries(perState.map((row) => [row.state, row.count]));
    const total = perState
      .filter((row) => filter.state === null || row.state === filter.state)
      .reduce((sum, row) => sum + row.count, 0);
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const lines = await tx
      .select(lineColumns)
      .from(denonciation)
      .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
      .innerJoin(promoter, eq(promoter.id, denonciation.promoterId))
      .innerJoin(account, eq(account.id, denonciation.accountId))
      .leftJoin(programme, programmeOf)
      .where(and(found, filter.state === null ? undefined : eq(denonciation.state, filter.state)))
      .orderBy(desc(denonciation.filedAt), desc(denonciation.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    return { lines, total, page, pages, counts };
  });
}

/** What changes of a dénonciation while one looks at it; null when this partner may not see it. */
export async function liveDenonciation(actor: PartnerActor, id: string): Promise<LiveDenonciation | null> {
  return asTenant(actor.scope, (tx) => readLive(tx, actor, id));
}

async function readLive(tx: TenantTx, actor: PartnerActor, id: string): Promise<LiveDenonciation | null> {
  const [row] = await tx
    .select({
      state: denonciation.state,
      proof: denonciation.proof,
      code: denonciation.code,
      kobanMessage: denonciation.kobanMessage,
      decidedAt: denonciation.decidedAt,
      operationId: operation.id,
      phase: operation.phase,
      attempt: operation.attempt,
      nextCheckAt: operation.nextCheckAt,
      uncertainSince: operation.uncertainAt,
      withoutBroker: sql<boolean>`coalesce(${operation.data} -> 'byGuid' = 'null'::jsonb, false)
        and ${inArray(denonciation.state, ['accepted', 'uncertain'])}`,
    })
    .from(denonciation)
    .innerJoin(operation, eq(operation.id, denonciation.operationId))
    .where(and(eq(denonciation.id, id), seenBy(actor, denonciation)));
  if (!row) return null;
  const { operationId, ...live } = row;
  const steps = await tx
    .select({
      name: operationStep.name,
      state: operationStep.state,
      attempt: operationStep.attempt,
      startedAt: operationStep.startedAt,
      endedAt: operationStep.endedAt,
    })
    .from(operationStep)
    .where(eq(operationStep.operationId, operationId))
    .orderBy(asc(operationStep.id));
  const { state } = live;
  return {
    ...live,
    nextCheckAt: state === 'uncertain' ? live.nextCheckAt : null,
    steps,
    canResend: canResend(live),
    hasReceipt: hasReceipt(state),
    settled: state !== 'pending' && state !== 'uncertain',
  };
}

/** The dénonciations that one form began, of those that this partner may see. */
export async function denonciationsOfForm(actor: PartnerActor, formKey: string): Promise<{ id: string }[]> {
  const form = and(eq(operation.id, denonciation.operationId), eq(operation.formKey, formKey));
  return asTenant(actor.scope, (tx) => {
    const acts = tx.select({ id: denonciation.id }).from(denonciation).innerJoin(operation, form);
    return acts.where(seenBy(actor, denonciation)).orderBy(asc(denonciation.programmeCode));
  });
}

/** One dénonciation with everything known of it; null when there is none that this partner may see. */
export async function findDenonciation(actor: PartnerActor, id: string): Promise<DenonciationDetail | null> {
  return asTenant(actor.scope, async (tx) => {
    const [row] = await tx
      .select({
        ...lineColumns,
        kobanReference: denonciation.kobanReference,
        cabinetName: cabinet.name,
        gender: prospect.gender,
        consentAt: denonciation.consentAt,
        wish: denonciation.wish,
        identified: sql<boolean>`${prospect.kobanGuid} is not null`,
      })
      .from(denonciation)
      .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
      .innerJoin(promoter, eq(promoter.id, denonciation.promoterId))
      .innerJoin(account, eq(account.id, denonciation.accountId))
      .innerJoin(cabinet, eq(cabinet.id, denonciation.cabinetId))
      .leftJoin(programme, programmeOf)
      .where(and(eq(denonciation.id, id), seenBy(actor, denonciation)));
    const live = row && (await readLive(tx, actor, id));
    return live ? { ...row, live } : null;
  });
}

/**
 * Accepted dénonciations of the prospect of this guid on the programme of a lot, whichever cabinet's: two at most, for only one says whose
 * the prospect is there.
 */
export const acceptedOnLot = (
  tx: TenantTx,
  promoterId: PromoterId,
  { extcode, third }: { extcode: string; third: string },
) =>
  tx
    .select({
      denonciationId: denonciation.id,
      filedAt: denonciation.filedAt,
      decidedAt: denonciation.decidedAt,
      prospectId: denonciation.prospectId,
      cabinetId: denonciation.cabinetId,
      accountId: denonciation.accountId,
      programmeCode: denonciation.programmeCode,
      kobanAccount: promoter.kobanAccount,
      settings: promoter.settings,
    })
    .from(denonciation)
    .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
    .innerJoin(promoter, eq(promoter.id, denonciation.promoterId))
    .innerJoin(
      lot,
      and(
        eq(lot.promoterId, denonciation.promoterId),
        eq(lot.extcode, extcode),
        eq(lot.programmeCode, denonciation.programmeCode),
      ),
    )
    .where(
      and(
        eq(denonciation.promoterId, promoterId),
        eq(prospect.kobanGuid, third),
        eq(denonciation.state, 'accepted'),
      ),
    )
    .limit(2);
