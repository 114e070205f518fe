import { and, eq, gt, gte, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Locale } from '@/lib/core/locale';
import { asPromoterId } from '@/lib/core/mint';
import { parisParts } from '@/lib/core/paris';
import type { PromoterId } from '@/lib/core/scope';
import {
  account,
  cabinet,
  convention,
  conventionProgramme,
  endedSession,
  partnerAccess,
  promoter,
} from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';

/** What one convention, valid today and not suspended, lets a partner do at one promoter. `programmes` is empty when all are granted. */
export type PartnerConvention = {
  readonly promoterId: PromoterId;
  readonly slug: string;
  readonly name: string;
  readonly allProgrammes: boolean;
  readonly programmes: ReadonlySet<string>;
  /** The cabinet's CGP third in Koban, sent as `Part.Guid` and `By`. */
  readonly kobanGuid: string | null;
  readonly maxOptions: number | null;
};

/** An account as the gates need it. */
export type AccountState = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'adviser' | 'manager' | 'staff' | 'operator';
  readonly cabinetId: string | null;
  readonly promoterId: string | null;
  /** The name of the cabinet or promoter; null for an operator. */
  readonly firm: string | null;
  /** The language of their mail and calendar. */
  readonly locale: Locale;
  readonly sessionVersion: number;
  readonly disabled: boolean;
  readonly endedSessions: ReadonlySet<string>;
  readonly conventions: readonly PartnerConvention[];
};

/** Two seconds: a disabled account is shut out everywhere within five, and a busy page asks the database nothing. */
const freshMs = 2_000;
const keptMax = 5_000;

type Kept = { readAt: number; state: Promise<AccountState | null> };

// Routes and actions are bundled apart: one memory for the whole process, as for the database.
const shared = globalThis as typeof globalThis & { parvisAccounts?: Map<string, Kept> };
shared.parvisAccounts ??= new Map();
const kept = shared.parvisAccounts;

/** The account as it was at most two seconds ago; null when there is none. */
export function accountState(id: string): Promise<AccountState | null> {
  const now = Date.now();
  const known = kept.get(id);
  if (known && now - known.readAt < freshMs) return known.state;
  const entry: Kept = { readAt: now, state: asSystem((tx) => readAccount(tx, id)) };
  kept.delete(id);
  if (kept.size >= keptMax) kept.delete(kept.keys().next().value ?? '');
  kept.set(id, entry);
  entry.state.catch(() => kept.delete(id));
  return entry.state;
}

/** Makes this process read the account again at its next request; the others do within two seconds. */
export function forgetAccount(id: string): void {
  kept.delete(id);
}

/** The same for everyone: what a whole cabinet may see has changed. */
export function forgetAccounts(): void {
  kept.clear();
}

/** States of `partner_access` in which a person has nothing of the promoter. */
export const shutOut = ['outside', 'closed'] as const;

async function readAccount(tx: SystemTx, id: string): Promise<AccountState | null> {
  const [row] = await tx
    .select({
      id: account.id,
      email: account.email,
      name: account.name,
      role: account.role,
      cabinetId: account.cabinetId,
      promoterId: account.promoterId,
      firm: sql<string | null>`coalesce(${cabinet.name}, ${promoter.name})`,
      locale: account.locale,
      sessionVersion: account.sessionVersion,
      disabledAt: account.disabledAt,
    })
    .from(account)
    .leftJoin(cabinet, eq(cabinet.id, account.cabinetId))
    .leftJoin(promoter, eq(promoter.id, account.promoterId))
    .where(eq(account.id, id));
  if (!row) return null;
  const ended = await tx
    .select({ id: endedSession.id })
    .from(endedSession)
    .where(and(eq(endedSession.accountId, id), gt(endedSession.expiresAt, new Date())));
  const { disabledAt, ...rest } = row;
  return {
    ...rest,
    disabled: disabledAt !== null,
    endedSessions: new Set(ended.map((session) => session.id)),
    conventions: row.cabinetId ? await readConventions(tx, row.cabinetId, row.id) : [],
  };
}

/** Today in Paris, as PostgreSQL writes a date. */
function parisDay(): string {
  const { year, month, day } = parisParts(new Date());
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

async function readConventions(
  tx: SystemTx,
  cabinetId: string,
  accountId: string,
): Promise<PartnerConvention[]> {
  const today = parisDay();
  const rows = await tx
    .select({
      promoterId: promoter.id,
      slug: promoter.slug,
      name: promoter.name,
      allProgrammes: convention.allProgrammes,
      kobanGuid: convention.kobanGuid,
      maxOptions: convention.maxOptions,
      programme: conventionProgramme.programmeCode,
    })
    .from(convention)
    .innerJoin(promoter, eq(promoter.id, convention.promoterId))
    .leftJoin(conventionProgramme, eq(conventionProgramme.conventionId, convention.id))
    .leftJoin(
      partnerAccess,
      and(eq(partnerAccess.promoterId, convention.promoterId), eq(partnerAccess.accountId, accountId)),
    )
    .where(
      and(
        eq(convention.cabinetId, cabinetId),
        isNull(convention.suspendedAt),
        or(isNull(partnerAccess.state), notInArray(partnerAccess.state, [...shutOut])),
        or(isNull(convention.validFrom), lte(convention.validFrom, today)),
        or(isNull(convention.validUntil), gte(convention.validUntil, today)),
      ),
    )
    .orderBy(promoter.name, promoter.id);
  const byPromoter = new Map<string, PartnerConvention & { programmes: Set<string> }>();
  for (const { programme, promoterId, ...terms } of rows) {
    const entry = byPromoter.get(promoterId) ?? {
      ...terms,
      promoterId: asPromoterId(promoterId),
      programmes: new Set<string>(),
    };
    if (programme !== null && !terms.allProgrammes) entry.programmes.add(programme);
    byPromoter.set(promoterId, entry);
  }
  return [...byPromoter.values()];
}
