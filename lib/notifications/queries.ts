import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { AccountId, PartnerActor } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import {
  calendarFeed,
  convention,
  lot,
  lotAlert,
  notification,
  notificationChoice,
  option,
  programme,
  promoter,
  prospect,
  reservation,
} from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { granting, seenBy } from '@/lib/denonciations/queries';
import type { Locale } from '@/lib/i18n/locale';
import { openProgramme } from '@/lib/stock/queries';
import type { CalendarDate } from './compose-calendar';
import { wordsOfRow } from './compose-notice';
import { optionRows, prospectName } from './read-acts';
import type { Bell, Choices, NoticeLine, NoticePage, Watches, WatchInput, WatchLine } from './schema';

const PAGE = 30;
const IN_BELL = 6;

const shownTo = (actor: PartnerActor) =>
  and(eq(notification.accountId, actor.account), eq(notification.portal, true));
const columns = {
  id: notification.id,
  code: notification.code,
  params: notification.params,
  href: notification.href,
  at: notification.createdAt,
  readAt: notification.readAt,
};

type Row = {
  id: number;
  code: string;
  params: unknown;
  href: string;
  at: Date;
  readAt: Date | null;
};

function lineOf({ readAt, ...row }: Row, locale: Locale): NoticeLine[] {
  const words = wordsOfRow(row, locale);
  return words ? [{ id: row.id, ...words, href: row.href, at: row.at, unread: readAt === null }] : [];
}

/** What the bell shows: how many are unread, and the latest. */
export async function readBell(actor: PartnerActor, locale: Locale): Promise<Bell> {
  return asTenant(actor.scope, async (tx) => {
    const [unread] = await tx
      .select({ count: count() })
      .from(notification)
      .where(and(shownTo(actor), isNull(notification.readAt)));
    const rows = await tx
      .select(columns)
      .from(notification)
      .where(shownTo(actor))
      .orderBy(desc(notification.id))
      .limit(IN_BELL);
    return { unread: unread?.count ?? 0, latest: rows.flatMap((row) => lineOf(row, locale)) };
  });
}

/** One page of everything this person was told in the portal, latest first. Pages count from 1. */
export async function listNotices(
  actor: PartnerActor,
  { page: asked }: { page: number },
  locale: Locale,
): Promise<NoticePage> {
  return asTenant(actor.scope, async (tx) => {
    const [sums] = await tx
      .select({
        total: count(),
        unread: sql<number>`count(*) filter (where ${notification.readAt} is null)`.mapWith(Number),
      })
      .from(notification)
      .where(shownTo(actor));
    const pages = Math.max(1, Math.ceil((sums?.total ?? 0) / PAGE));
    const page = Math.min(asked, pages);
    const rows = await tx
      .select(columns)
      .from(notification)
      .where(shownTo(actor))
      .orderBy(desc(notification.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    return { lines: rows.flatMap((row) => lineOf(row, locale)), unread: sums?.unread ?? 0, page, pages };
  });
}

/** What this person asked of one lot. */
export async function watchesOf(actor: PartnerActor, ref: Omit<WatchInput, 'kind'>): Promise<Watches> {
  const rows = await asTenant(actor.scope, (tx) =>
    tx
      .select({ kind: lotAlert.kind })
      .from(lotAlert)
      .innerJoin(promoter, eq(promoter.id, lotAlert.promoterId))
      .where(
        and(
          eq(promoter.slug, ref.promoter),
          eq(lotAlert.lotExtcode, ref.extcode),
          eq(lotAlert.accountId, actor.account),
          isNull(lotAlert.honouredAt),
        ),
      ),
  );
  const kinds = new Set(rows.map(({ kind }) => kind));
  return { freed: kinds.has('freed'), followed: kinds.has('followed') };
}

/** Every lot this person watches that a convention shows today, as it stands now. */
export async function listWatches(actor: PartnerActor): Promise<WatchLine[]> {
  const rows = await asTenant(actor.scope, (tx) =>
    tx
      .select({
        kind: lotAlert.kind,
        since: lotAlert.createdAt,
        promoter: promoter.slug,
        extcode: lotAlert.lotExtcode,
        label: sql<string>`coalesce(${lot.label}, ${lotAlert.lotExtcode})`,
        programme: programme.label,
        statusCode: lot.statusCode,
        statusLabel: lot.statusLabel,
        result: lot.result,
        priceCents: lot.priceCents,
        withdrawnAt: lot.withdrawnAt,
      })
      .from(lotAlert)
      .innerJoin(promoter, eq(promoter.id, lotAlert.promoterId))
      .leftJoin(lot, and(eq(lot.promoterId, lotAlert.promoterId), eq(lot.extcode, lotAlert.lotExtcode)))
      .innerJoin(
        programme,
        and(
          eq(programme.promoterId, lotAlert.promoterId),
          eq(programme.code, lotAlert.programmeCode),
          openProgramme,
        ),
      )
      .innerJoin(
        convention,
        and(eq(convention.promoterId, promoter.id), granting(actor, lotAlert.programmeCode)),
      )
      .where(and(eq(lotAlert.accountId, actor.account), isNull(lotAlert.honouredAt)))
      .orderBy(desc(lotAlert.id))
      .limit(50),
  );
  return rows.map(({ withdrawnAt, ...row }) => ({ ...row, withdrawn: withdrawnAt !== null }));
}

/** The ways that this person has chosen; what is absent is the portal's own choice. */
export async function choicesOf(account: AccountId): Promise<Choices> {
  const rows = await asSystem((tx) =>
    tx.select().from(notificationChoice).where(eq(notificationChoice.accountId, account)),
  );
  return Object.fromEntries(rows.map(({ kind, portal, mail, push }) => [kind, { portal, mail, push }]));
}

/** Since when this person has a calendar address; null when there is none. */
export async function calendarSince(account: AccountId): Promise<Date | null> {
  const [row] = await asSystem((tx) =>
    tx.select({ at: calendarFeed.createdAt }).from(calendarFeed).where(eq(calendarFeed.accountId, account)),
  );
  return row?.at ?? null;
}

/** Whose calendar this token opens; null when it opens none. */
export async function calendarOwner(token: string): Promise<string | null> {
  const [row] = await asSystem((tx) =>
    tx
      .select({ id: calendarFeed.accountId })
      .from(calendarFeed)
      .where(eq(calendarFeed.tokenHash, sha256(token))),
  );
  return row?.id ?? null;
}

/** The ends of this partner's options in progress and the dates of its files; a manager's are the whole cabinet's. */
export async function calendarDates(actor: PartnerActor): Promise<CalendarDate[]> {
  return asTenant(actor.scope, async (tx) => {
    const options = await optionRows(tx)
      .where(and(seenBy(actor, option), eq(option.state, 'placed')))
      .orderBy(option.expiresAt)
      .limit(500);
    const promoters = await tx.select({ id: promoter.id, name: promoter.name }).from(promoter);
    const names = new Map(promoters.map(({ id, name }) => [id, name]));
    const files = await tx
      .select({
        id: reservation.id,
        reference: reservation.reference,
        promoterId: reservation.promoterId,
        preresvAt: reservation.preresvAt,
        validatedAt: reservation.validatedAt,
        prospect: prospectName,
        lot: sql<string>`coalesce(${lot.label}, ${reservation.lotExtcode})`,
        programme: sql<string>`coalesce(${programme.label}, ${reservation.programmeCode})`,
      })
      .from(reservation)
      .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
      .leftJoin(lot, and(eq(lot.promoterId, reservation.promoterId), eq(lot.extcode, reservation.lotExtcode)))
      .leftJoin(
        programme,
        and(eq(programme.promoterId, reservation.promoterId), eq(programme.code, reservation.programmeCode)),
      )
      .where(and(seenBy(actor, reservation), sql`${reservation.state} in ('preresv', 'validated')`))
      .limit(500);
    return [
      ...options.map((row): CalendarDate => {
        const { id, until, placedAt, rank, prospect: name, lot: label, programme: of } = row;
        const about = {
          prospect: name,
          lot: label,
          programme: of,
          promoter: names.get(row.promoterId) ?? '',
        };
        return { ...about, kind: 'optionEnds', id, at: until, known: placedAt, rank, reference: '' };
      }),
      ...files.flatMap(({ id, preresvAt, validatedAt, promoterId, ...row }): CalendarDate[] => {
        const about = { ...row, id, rank: null, promoter: names.get(promoterId) ?? '' };
        return [
          ...(preresvAt ? [{ ...about, kind: 'preresv' as const, at: preresvAt, known: preresvAt }] : []),
          ...(validatedAt
            ? [{ ...about, kind: 'validated' as const, at: validatedAt, known: validatedAt }]
            : []),
        ];
      }),
    ];
  });
}
