import { and, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';
import { shutOut } from '@/lib/auth/account-state';
import type { PromoterId, SystemActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import {
  account,
  convention,
  conventionProgramme,
  lotAlert,
  notification,
  notificationChoice,
  partnerAccess,
  pushSubscription,
} from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import type { Locale } from '@/lib/i18n/locale';
import type { ComposedMail } from '@/lib/mail/compose-mail';
import { queueMail } from '@/lib/mail/queue-mail';
import type { Telling } from './collect-acts';
import { composeNoticeMail } from './compose-notice';
import { kindOf, waysOf } from './rules';
import type { Choices, Ways } from './schema';

/** Who may be told, with what their convention with the promoter opens today. */
type Person = {
  id: string;
  name: string;
  email: string;
  locale: Locale;
  manager: boolean;
  cabinet: string;
  programmes: ReadonlySet<string> | 'all';
};

/** A notice ready to be written. */
type Notice = { telling: Telling; person: Person; ways: Ways; mail: ComposedMail | null };

/**
 * Tells these things to those they concern: rows for the portal, mail in the queue and pushes due, each once a person, in one
 * transaction with the alerts that they honour. Nobody is told whose account is closed or whose convention no longer opens it.
 * @returns how many notices are new
 */
export async function deliverNotices(
  actor: SystemActor,
  tellings: readonly Telling[],
  now: Date,
): Promise<number> {
  if (tellings.length === 0) return 0;
  const cabinets = [...new Set(tellings.map(({ cabinet }) => cabinet))];
  // Addresses are no tenant's to read: the system role, and this promoter's conventions alone.
  const people = await asSystem((tx) => peopleOf(tx, actor.promoter, cabinets));
  const meant = tellings.flatMap((telling) =>
    people.filter((person) => concerns(telling, person)).map((person) => ({ telling, person })),
  );
  if (meant.length === 0) return 0;
  const known = await asSystem((tx) => readKnown(tx, meant));
  const notices: Notice[] = [];
  for (const { telling, person } of meant) {
    if (known.told.has(`${person.id} ${telling.once}`)) continue;
    const ways = chosen(telling, person, known.choices.get(person.id) ?? {});
    if (!ways.portal && !ways.mail && !ways.push) continue;
    // Whoever follows a lot and has an option on it hears of it once.
    known.told.add(`${person.id} ${telling.once}`);
    // Drawn before the transaction, which must be short.
    const mail = ways.mail ? await composeNoticeMail(person, telling) : null;
    notices.push({
      telling,
      person,
      ways: { ...ways, push: ways.push && known.pushed.has(person.id) },
      mail,
    });
  }
  return notices.length === 0 ? 0 : asSystem((tx) => write(tx, actor.promoter, notices, now));
}

const today = sql`(clock_timestamp() at time zone 'Europe/Paris')::date`;

/** People of these cabinets whose account and convention with the promoter are open today. */
export async function peopleOf(tx: SystemTx, promoterId: PromoterId, cabinets: string[]): Promise<Person[]> {
  const rows = await tx
    .select({
      id: account.id,
      name: account.name,
      email: account.email,
      locale: account.locale,
      role: account.role,
      cabinet: convention.cabinetId,
      all: convention.allProgrammes,
      programmes: sql<string[]>`array(select ${conventionProgramme.programmeCode} from ${conventionProgramme}
        where ${conventionProgramme.conventionId} = ${convention.id})`,
    })
    .from(account)
    .innerJoin(convention, eq(convention.cabinetId, account.cabinetId))
    .leftJoin(
      partnerAccess,
      and(eq(partnerAccess.promoterId, convention.promoterId), eq(partnerAccess.accountId, account.id)),
    )
    .where(
      and(
        eq(convention.promoterId, promoterId),
        or(isNull(partnerAccess.state), notInArray(partnerAccess.state, [...shutOut])),
        inArray(convention.cabinetId, cabinets),
        isNull(account.disabledAt),
        isNull(convention.suspendedAt),
        or(isNull(convention.validFrom), sql`${convention.validFrom} <= ${today}`),
        or(isNull(convention.validUntil), sql`${convention.validUntil} >= ${today}`),
      ),
    );
  return rows.map(({ role, all, programmes, ...person }) => ({
    ...person,
    manager: role === 'manager',
    programmes: all ? ('all' as const) : new Set(programmes),
  }));
}

function concerns({ cabinet, account: author, team, programme }: Telling, person: Person): boolean {
  if (person.cabinet !== cabinet) return false;
  if (person.id !== author && !(team && person.manager)) return false;
  return programme === null || mayHear(person, programme);
}

/** Whether a person's convention opens this programme. */
export const mayHear = ({ programmes }: Person, programme: string): boolean =>
  programmes === 'all' || programmes.has(programme);

function chosen({ code, account: author, doer, alert }: Telling, { id }: Person, choices: Choices): Ways {
  const ways = waysOf(code, choices, { sawIt: doer === id, others: author !== id });
  // Whoever asks for a lot's alert is told of it, even with every way of that kind shut.
  return alert !== null && !ways.mail && !ways.push ? { ...ways, portal: true } : ways;
}

type Meant = { telling: Telling; person: Person }[];

async function readKnown(tx: SystemTx, meant: Meant) {
  const ids = [...new Set(meant.map(({ person }) => person.id))];
  const keys = [...new Set(meant.map(({ telling }) => telling.once))];
  const before = await tx
    .select({ account: notification.accountId, once: notification.onceKey })
    .from(notification)
    .where(and(inArray(notification.accountId, ids), inArray(notification.onceKey, keys)));
  const rows = await tx.select().from(notificationChoice).where(inArray(notificationChoice.accountId, ids));
  const choices = new Map<string, Choices>();
  for (const { accountId, kind, portal, mail, push } of rows) {
    choices.set(accountId, { ...choices.get(accountId), [kind]: { portal, mail, push } });
  }
  const browsers = await tx
    .selectDistinct({ account: pushSubscription.accountId })
    .from(pushSubscription)
    .where(inArray(pushSubscription.accountId, ids));
  return {
    told: new Set(before.map(({ account: id, once }) => `${id} ${once}`)),
    choices,
    pushed: new Set(browsers.map(({ account: id }) => id)),
  };
}

async function write(
  tx: SystemTx,
  promoterId: PromoterId,
  notices: readonly Notice[],
  now: Date,
): Promise<number> {
  const spent = await honour(tx, promoterId, notices, now);
  const due = notices.filter(({ telling }) => telling.alert === null || spent.has(telling.alert));
  if (due.length === 0) return 0;
  const written = await tx
    .insert(notification)
    .values(
      due.map(({ telling, person, ways }) => ({
        promoterId,
        accountId: person.id,
        kind: kindOf[telling.code],
        code: telling.code,
        params: telling.params,
        href: telling.href,
        onceKey: telling.once,
        portal: ways.portal,
        pushDueAt: ways.push ? now : null,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: notification.id, account: notification.accountId, once: notification.onceKey });
  const fresh = new Map(written.map(({ id, account: of, once }) => [`${of} ${once}`, id]));
  for (const { telling, person, mail } of due) {
    const notice = fresh.get(`${person.id} ${telling.once}`);
    if (mail && notice !== undefined) await queueMail(tx, person.email, mail, notice);
  }
  for (const id of new Set(written.map((row) => row.account)))
    await announce(tx, { kind: 'note', account: id });
  return written.length;
}

/** Spends the alerts that these notices honour; another process may have been first. */
async function honour(
  tx: SystemTx,
  promoterId: PromoterId,
  notices: readonly Notice[],
  now: Date,
): Promise<ReadonlySet<number>> {
  const alerts = notices.flatMap(({ telling }) => telling.alert ?? []);
  if (alerts.length === 0) return new Set();
  const rows = await tx
    .update(lotAlert)
    .set({ honouredAt: now })
    .where(
      and(eq(lotAlert.promoterId, promoterId), inArray(lotAlert.id, alerts), isNull(lotAlert.honouredAt)),
    )
    .returning({ id: lotAlert.id });
  return new Set(rows.map(({ id }) => id));
}
