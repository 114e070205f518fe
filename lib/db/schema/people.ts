import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, instant } from './columns';
import { promoter } from './promoters';
import { sharedPolicies, systemPolicies } from './tenancy';

/** A firm of wealth advisers. */
export const cabinet = pgTable(
  'cabinet',
  {
    id: idColumn(),
    name: text('name').notNull(),
    siren: text('siren').unique(),
    orias: text('orias'),
    createdAt: createdAtColumn(),
  },
  () => sharedPolicies('cabinet'),
);

/**
 * A person who signs in. An adviser or manager belongs to a cabinet, staff to a promoter, an operator to
 * neither. `sessionVersion` grows when the password, role or state changes: older sessions then end.
 */
export const account = pgTable(
  'account',
  {
    id: idColumn(),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    role: text('role', { enum: ['adviser', 'manager', 'staff', 'operator'] }).notNull(),
    cabinetId: uuid('cabinet_id').references(() => cabinet.id),
    promoterId: uuid('promoter_id').references(() => promoter.id),
    passwordHash: text('password_hash'),
    /** The language of their mail and calendar. */
    locale: text('locale', { enum: ['fr', 'en'] })
      .notNull()
      .default('fr'),
    sessionVersion: integer('session_version').notNull().default(1),
    disabledAt: instant('disabled_at'),
    createdAt: createdAtColumn(),
  },
  (t) => [
    check(
      'account_belongs',
      sql`(${t.role} in ('adviser', 'manager') and ${t.cabinetId} is not null and ${t.promoterId} is null)
        or (${t.role} = 'staff' and ${t.promoterId} is not null and ${t.cabinetId} is null)
        or (${t.role} = 'operator' and ${t.cabinetId} is null and ${t.promoterId} is null)`,
    ),
    index('account_cabinet').on(t.cabinetId),
    ...sharedPolicies('account'),
  ],
);

/** A one-time link (invitation, forgotten password, first account): only the SHA-256 of its secret is kept. */
export const accountLink = pgTable(
  'account_link',
  {
    id: idColumn(),
    purpose: text('purpose', { enum: ['invitation', 'reset', 'first-account'] }).notNull(),
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'cascade' }),
    promoterId: uuid('promoter_id').references(() => promoter.id),
    secretHash: text('secret_hash').notNull().unique(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAtColumn(),
  },
  () => systemPolicies('account_link'),
);

/** A session that its owner ended: a copy of its cookie is worth nothing. Kept until it would have expired. */
export const endedSession = pgTable(
  'ended_session',
  {
    id: text('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('ended_session_account').on(t.accountId), ...systemPolicies('ended_session')],
);

/** Failures counted per key (a hash of the address and the source, or of the source alone). */
export const rateLimit = pgTable(
  'rate_limit',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull().default(0),
    windowStart: instant('window_start').notNull().defaultNow(),
    blockedUntil: instant('blocked_until'),
  },
  () => systemPolicies('rate_limit'),
);

/** Mail to send, and without SMTP the mailbox that only the operator opens. */
export const mail = pgTable(
  'mail',
  {
    id: idColumn(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    state: text('state', { enum: ['queued', 'sent', 'kept', 'failed', 'dropped'] })
      .notNull()
      .default('queued'),
    attempts: integer('attempts').notNull().default(0),
    /** When a queued message may be taken (again): also the lease of the sender that took it. */
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    lastError: text('last_error'),
    /** `notice`: the notice it tells, which must still be so when it is sent. */
    meta: jsonb('meta').$type<Record<string, string>>(),
    createdAt: createdAtColumn(),
    sentAt: instant('sent_at'),
  },
  (t) => [index('mail_state').on(t.state, t.createdAt), ...systemPolicies('mail')],
);

/**
 * A form being filled, kept as typed, so that nothing is lost on another device or after a sign-in; and what a form that was sent
 * was refused.
 */
export const formDraft = pgTable(
  'form_draft',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    form: text('form').notNull(),
    values: jsonb('values').$type<Record<string, unknown>>().notNull(),
    savedAt: instant('saved_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.form] }), ...systemPolicies('form_draft')],
);
