import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, instant } from './columns';
import { account, cabinet } from './people';
import { promoter } from './promoters';
import { cabinetPolicies, promoterPolicies, systemPolicies } from './tenancy';

const tenant = () =>
  uuid('promoter_id')
    .notNull()
    .references(() => promoter.id);
const owner = () =>
  uuid('account_id')
    .notNull()
    .references(() => account.id, { onDelete: 'cascade' });
const firm = () =>
  uuid('cabinet_id')
    .notNull()
    .references(() => cabinet.id);

/** A real change of a lot after the mirror's first pull: new, another price or status, withdrawn. */
export const lotChange = pgTable(
  'lot_change',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    promoterId: tenant(),
    extcode: text('extcode').notNull(),
    programmeCode: text('programme_code').notNull(),
    kind: text('kind', { enum: ['new', 'price', 'status', 'withdrawn'] }).notNull(),
    /** Status codes, or prices in cents as text; null where there was none. */
    before: text('before'),
    after: text('after'),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    index('lot_change_since').on(t.promoterId, t.at),
    index('lot_change_lot').on(t.promoterId, t.extcode),
    ...promoterPolicies('lot_change'),
  ],
);

/** A partner who wants to hear of a lot: `freed` once, in the order of asking; `followed` at every change. */
export const lotAlert = pgTable(
  'lot_alert',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    promoterId: tenant(),
    cabinetId: firm(),
    accountId: owner(),
    kind: text('kind', { enum: ['freed', 'followed'] }).notNull(),
    programmeCode: text('programme_code').notNull(),
    lotExtcode: text('lot_extcode').notNull(),
    createdAt: createdAtColumn(),
    /** When the lot was freed and its asker told: the alert is then spent. */
    honouredAt: instant('honoured_at'),
  },
  (t) => [
    uniqueIndex('lot_alert_once')
      .on(t.accountId, t.promoterId, t.lotExtcode, t.kind)
      .where(sql`honoured_at is null`),
    index('lot_alert_lot').on(t.promoterId, t.lotExtcode),
    ...cabinetPolicies('lot_alert'),
  ],
);

/** What a person is told of, besides what they look at. */
export const notificationKinds = [
  'denonciation',
  'option-accepted',
  'option-expiring',
  'option-ended',
  'option-cancelled',
  'rank-moved',
  'lot-freed',
  'lot-price',
  'lot-withdrawn',
  'reservation',
  'act-resolved',
] as const;

/** What a person chooses ways for: the kinds, and for a manager whether the acts of the cabinet's others are told at all. */
export const choiceKinds = [...notificationKinds, 'cabinet'] as const;

/** One thing told to one person. `params` hold no more of a prospect than the name. */
export const notification = pgTable(
  'notification',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    promoterId: tenant(),
    accountId: owner(),
    kind: text('kind', { enum: notificationKinds }).notNull(),
    /** The sentence within the kind: `notifications.<kind>.<code>` in the messages. */
    code: text('code').notNull(),
    params: jsonb('params').$type<Record<string, string | number | null>>().notNull(),
    /** The page that shows more: a path of the portal. */
    href: text('href').notNull(),
    /** The same thing is told to the same person once. */
    onceKey: text('once_key').notNull(),
    /** Shown in the portal; false when its person hears of it by other ways alone. */
    portal: boolean('portal').notNull().default(true),
    createdAt: createdAtColumn(),
    readAt: instant('read_at'),
    /** When it may be pushed to the person's browsers (again): also the lease of whoever does. Null: nothing to push. */
    pushDueAt: instant('push_due_at'),
  },
  (t) => [
    uniqueIndex('notification_once').on(t.accountId, t.onceKey),
    index('notification_of').on(t.accountId, t.id),
    index('notification_push').on(t.pushDueAt).where(sql`push_due_at is not null`),
    ...promoterPolicies('notification'),
  ],
);

/** By which ways a person wants to hear of one kind; without a row, the portal's own defaults. */
export const notificationChoice = pgTable(
  'notification_choice',
  {
    accountId: owner(),
    kind: text('kind', { enum: choiceKinds }).notNull(),
    portal: boolean('portal').notNull(),
    mail: boolean('mail').notNull(),
    push: boolean('push').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.kind] }), ...systemPolicies('notification_choice')],
);

/** A browser that agreed to be pushed to. The endpoint is a secret of that browser. */
export const pushSubscription = pgTable(
  'push_subscription',
  {
    id: idColumn(),
    accountId: owner(),
    endpointHash: text('endpoint_hash').notNull().unique(),
    /** Endpoint and keys, sealed for the account. */
    sealed: text('sealed').notNull(),
    failures: integer('failures').notNull().default(0),
    createdAt: createdAtColumn(),
  },
  (t) => [index('push_of').on(t.accountId), ...systemPolicies('push_subscription')],
);

/** A private calendar address: only the SHA-256 of its token is kept. */
export const calendarFeed = pgTable(
  'calendar_feed',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: createdAtColumn(),
  },
  () => systemPolicies('calendar_feed'),
);

/** When a person last came: a visit ends after half an hour without a sign of them. */
export const visit = pgTable(
  'visit',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** The end of the visit before this one: « since my last visit » counts from here. */
    previousAt: instant('previous_at'),
  },
  () => systemPolicies('visit'),
);

/**
 * How far people have been told of what happened at one promoter: the audit and the lots' changes are what is told of. Rows
 * committed late have lower ids than some already read, so a little is read again each time; `notification_once` bears it.
 */
export const tellingCursor = pgTable(
  'telling_cursor',
  {
    promoterId: uuid('promoter_id')
      .primaryKey()
      .references(() => promoter.id),
    auditAt: instant('audit_at').notNull(),
    lotChangeAt: instant('lot_change_at').notNull(),
  },
  () => promoterPolicies('telling_cursor'),
);
