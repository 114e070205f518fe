import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { parisParts } from '@/lib/core/paris';
import type { StaffActor } from '@/lib/core/scope';
import {
  account,
  cabinet,
  convention,
  conventionProgramme,
  partnerAccess,
  programme,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { standingOf } from './rules';
import type { CabinetDetail, CabinetLine, PartnerPerson, PersonState, ProgrammeChoice } from './schema';

/** Today in Paris, as PostgreSQL writes a date. */
export function parisDay(now: Date): string {
  const { year, month, day } = parisParts(now);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A cabinet's name as this promoter wrote it down. Join `cabinet` and the promoter's own `convention`. */
export const cabinetName = sql<string>`coalesce(${convention.cabinetName}, ${cabinet.name})`;

/** Cabinets with a convention at this promoter, by name. */
export async function listCabinets(actor: StaffActor, now: Date): Promise<CabinetLine[]> {
  return asTenant(actor.scope, async (tx) => {
    const people = await peopleOf(tx, actor);
    return (await readConventions(tx, actor, now)).map((line) => withPeople(line, people.get(line.id) ?? []));
  });
}

/** One of them, with its people and the programmes that may be granted; null when it has no convention here. */
export async function findCabinet(actor: StaffActor, id: string, now: Date): Promise<CabinetDetail | null> {
  return asTenant(actor.scope, async (tx) => {
    const [line] = await readConventions(tx, actor, now, id);
    if (!line) return null;
    const members = (await peopleOf(tx, actor, id)).get(id) ?? [];
    return { ...withPeople(line, members), members, choices: await grantable(tx, actor) };
  });
}

/** The programmes of this promoter's mirror, by name. */
export const programmeChoices = (actor: StaffActor): Promise<ProgrammeChoice[]> =>
  asTenant(actor.scope, (tx) => grantable(tx, actor));

const grantable = (tx: TenantTx, actor: StaffActor): Promise<ProgrammeChoice[]> =>
  tx
    .select({ code: programme.code, label: programme.label })
    .from(programme)
    .where(and(eq(programme.promoterId, actor.promoter), isNull(programme.withdrawnAt)))
    .orderBy(asc(programme.label), asc(programme.code));

const withPeople = (line: Omit<CabinetLine, 'people' | 'invited'>, people: PartnerPerson[]): CabinetLine => ({
  ...line,
  people: people.filter(({ state }) => state === 'open' || state === 'invited').length,
  invited: people.filter(({ state }) => state === 'invited').length,
});

async function readConventions(tx: TenantTx, actor: StaffActor, now: Date, cabinetId?: string) {
  const rows = await tx
    .select({
      id: cabinet.id,
      name: cabinetName,
      siren: cabinet.siren,
      // Of a cabinet that this promoter wrote down itself, only what it wrote.
      orias: sql<
        string | null
      >`case when ${convention.cabinetName} is null then ${cabinet.orias} else ${convention.cabinetOrias} end`,
      allProgrammes: convention.allProgrammes,
      programmes: sql<string[]>`array(select ${conventionProgramme.programmeCode} from ${conventionProgramme}
        where ${conventionProgramme.conventionId} = ${convention.id} order by 1)`,
      maxOptions: convention.maxOptions,
      suspendedAt: convention.suspendedAt,
      validFrom: convention.validFrom,
      validUntil: convention.validUntil,
      since: convention.createdAt,
      cgp: {
        known: sql<boolean>`${convention.kobanGuid} is not null`,
        fault: convention.cgpFault,
        nextAt: convention.cgpNextAt,
      },
    })
    .from(convention)
    .innerJoin(cabinet, eq(cabinet.id, convention.cabinetId))
    .where(
      and(
        eq(convention.promoterId, actor.promoter),
        cabinetId === undefined ? undefined : eq(convention.cabinetId, cabinetId),
      ),
    )
    .orderBy(asc(cabinetName), asc(cabinet.id));
  const today = parisDay(now);
  return rows.map((row) => ({ ...row, standing: standingOf(row, today) }));
}

/**
 * The people whom this promoter lets or let in, by cabinet: those provisioned with the convention, and those it invited. Whoever
 * was invited is shown as the promoter wrote them until they sign in.
 */
async function peopleOf(
  tx: TenantTx,
  actor: StaffActor,
  cabinetId?: string,
): Promise<Map<string, PartnerPerson[]>> {
  const mine = and(eq(partnerAccess.promoterId, actor.promoter), eq(partnerAccess.accountId, account.id));
  const own = eq(convention.promoterId, actor.promoter);
  const colleagues = await tx
    .select({
      cabinetId: convention.cabinetId,
      id: sql<string>`coalesce(${partnerAccess.id}, ${account.id})`,
      name: account.name,
      email: account.email,
      role: account.role,
      writtenName: partnerAccess.name,
      writtenEmail: partnerAccess.email,
      writtenRole: partnerAccess.role,
      access: partnerAccess.state,
      disabledAt: account.disabledAt,
      invitedAt: partnerAccess.invitedAt,
    })
    .from(account)
    .innerJoin(convention, and(own, eq(convention.cabinetId, account.cabinetId)))
    .leftJoin(partnerAccess, mine)
    .where(
      and(
        or(isNull(partnerAccess.state), sql`${partnerAccess.state} <> 'outside'`),
        cabinetId === undefined ? undefined : eq(convention.cabinetId, cabinetId),
      ),
    );
  const strangers = await tx
    .select()
    .from(partnerAccess)
    .where(
      and(
        eq(partnerAccess.promoterId, actor.promoter),
        isNull(partnerAccess.accountId),
        cabinetId === undefined ? undefined : eq(partnerAccess.cabinetId, cabinetId),
      ),
    );
  const people = [
    ...colleagues.map((row) => {
      const come = row.access === null || row.access === 'open' || row.writtenName === null;
      const written = { name: row.writtenName, email: row.writtenEmail, role: row.writtenRole };
      const { name, email, role } = come ? row : written;
      const state: PersonState = come && row.disabledAt ? 'gone' : shownState(row.access);
      return { cabinetId: row.cabinetId, id: row.id, name, email, role, state, invitedAt: row.invitedAt };
    }),
    ...strangers.map((row) => ({ ...row, state: shownState(row.state) })),
  ];
  const byCabinet = new Map<string, PartnerPerson[]>();
  for (const { cabinetId: of, id, name, email, role, state, invitedAt } of people) {
    const person: PartnerPerson = {
      ...{ id, state, invitedAt },
      name: name ?? '',
      email: email ?? '',
      role: role === 'manager' ? 'manager' : 'adviser',
    };
    byCabinet.set(of, [...(byCabinet.get(of) ?? []), person]);
  }
  for (const list of byCabinet.values()) list.sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  return byCabinet;
}

const shownState = (access: (typeof partnerAccess.$inferSelect)['state'] | null): PersonState =>
  access === 'invited' || access === 'closed' ? access : 'open';
