import { bigint, bigserial, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { idColumn, instant } from './columns';
import { account } from './people';
import { promoter } from './promoters';
import { promoterPolicies } from './tenancy';

/** The calls of Koban's that are kept; `option-check` is answered at once and leaves nothing. */
export const webhookEvents = [
  'option-placed',
  'option-cancelled',
  'option-prolonged',
  'option-expired',
  'reservation-validated',
  'reservation-withdrawn',
  'lead',
] as const;

/**
 * A call of Koban's, as it came: committed before it is answered, worked afterwards. It holds personal data; only the
 * promoter's staff may read it.
 */
export const webhookEvent = pgTable(
  'webhook_event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    event: text('event', { enum: webhookEvents }).notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    /** SHA-256 of the event and its fields in order: the same call within a day is a duplicate. */
    contentHash: text('content_hash').notNull(),
    fields: jsonb('fields').$type<Record<string, string>>().notNull(),
    lotExtcode: text('lot_extcode'),
    /** `quarantined`: it names a lot or a third that nobody here knows, or could not be read; a person decides. */
    state: text('state', { enum: ['received', 'processed', 'duplicate', 'quarantined'] }).notNull(),
    /** What it came to, or why it is held: a code of the messages, under `webhooks.codes`. */
    code: text('code'),
    attempts: integer('attempts').notNull().default(0),
    /** When a received one is taken (again): also the lease of the process that took it. */
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    processedAt: instant('processed_at'),
    /** Who had it played again, if anybody. */
    replayedBy: uuid('replayed_by').references(() => account.id),
  },
  (t) => [
    index('webhook_due').on(t.state, t.nextAttemptAt),
    index('webhook_list').on(t.promoterId, t.id),
    index('webhook_same').on(t.promoterId, t.contentHash, t.receivedAt),
    index('webhook_lot').on(t.promoterId, t.lotExtcode),
    ...promoterPolicies('webhook_event'),
  ],
);

/** A contact or request that Koban passed on. */
export const lead = pgTable(
  'lead',
  {
    id: idColumn(),
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    eventId: bigint('event_id', { mode: 'number' })
      .notNull()
      .unique()
      .references(() => webhookEvent.id),
    contactType: text('contact_type').notNull(),
    leadGuid: text('lead_guid'),
    thirdGuid: text('third_guid'),
    lastName: text('last_name'),
    firstName: text('first_name'),
    email: text('email'),
    phone: text('phone'),
    mobile: text('mobile'),
    tags: text('tags'),
    fields: text('fields'),
    optin: text('optin'),
    comments: text('comments'),
    receivedAt: instant('received_at').notNull(),
    handledAt: instant('handled_at'),
    handledBy: uuid('handled_by').references(() => account.id),
  },
  (t) => [index('lead_list').on(t.promoterId, t.receivedAt), ...promoterPolicies('lead')],
);
