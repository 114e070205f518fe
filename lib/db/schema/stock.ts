import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { promoter } from './promoters';
import { promoterPolicies } from './tenancy';

export type FieldValue = string | number | boolean;

/** Mirror of `ncDealProcess`. `fields` holds MoreFields by field id, as Koban sent them. */
export const programme = pgTable(
  'programme',
  {
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    code: text('code').notNull(),
    guid: text('guid'),
    label: text('label').notNull(),
    regroup: text('regroup'),
    active: boolean('active').notNull(),
    steps: jsonb('steps').$type<{ code: string; label: string }[]>().notNull(),
    fields: jsonb('fields').$type<Record<string, FieldValue>>().notNull(),
    contentHash: text('content_hash').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    firstSeenAt: instant('first_seen_at').notNull().defaultNow(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [primaryKey({ columns: [t.promoterId, t.code] }), ...promoterPolicies('programme')],
);

/** Mirror of `ncDeal`. Money in cents; `version` is the promoter's stock version of its last real change. */
export const lot = pgTable(
  'lot',
  {
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    /** Koban's Extcode, or the guid of a lot that has none (then `actable` is false). */
    extcode: text('extcode').notNull(),
    actable: boolean('actable').notNull(),
    guid: text('guid'),
    label: text('label').notNull(),
    description: text('description'),
    programmeCode: text('programme_code').notNull(),
    statusCode: text('status_code').notNull(),
    statusLabel: text('status_label'),
    result: text('result'),
    priceCents: bigint('price_cents', { mode: 'number' }),
    rooms: integer('rooms'),
    typology: text('typology'),
    floor: integer('floor'),
    floorLabel: text('floor_label'),
    secondary: boolean('secondary').notNull(),
    principalGuid: text('principal_guid'),
    fields: jsonb('fields').$type<Record<string, FieldValue>>().notNull(),
    /** Options as last read by GetLotStatus or told by a webhook; null when not known. */
    optionRank: integer('option_rank'),
    rank1EndsAt: instant('rank1_ends_at'),
    optionSeenAt: instant('option_seen_at'),
    kobanUpdatedAt: instant('koban_updated_at'),
    contentHash: text('content_hash').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    firstSeenAt: instant('first_seen_at').notNull().defaultNow(),
    changedAt: instant('changed_at').notNull().defaultNow(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.promoterId, t.extcode] }),
    index('lot_version').on(t.promoterId, t.version),
    index('lot_programme').on(t.promoterId, t.programmeCode),
    index('lot_guid').on(t.promoterId, t.guid),
    ...promoterPolicies('lot'),
  ],
);

/** Where the mirror of one promoter stands; also the lease that keeps two syncs apart. */
export const stockSync = pgTable(
  'stock_sync',
  {
    promoterId: uuid('promoter_id')
      .primaryKey()
      .references(() => promoter.id),
    phase: text('phase', { enum: ['waiting', 'full', 'delta', 'reconcile'] })
      .notNull()
      .default('waiting'),
    /** Koban's own `updated` watermark: the next pull asks from here less the overlap. */
    watermark: instant('watermark'),
    fullDoneAt: instant('full_done_at'),
    reconciledAt: instant('reconciled_at'),
    progressDone: integer('progress_done').notNull().default(0),
    progressTotal: integer('progress_total'),
    lastAttemptAt: instant('last_attempt_at'),
    /** Last time Koban answered a whole pull: the age of the stock on screen. */
    lastSeenAt: instant('last_seen_at'),
    lastFault: text('last_fault'),
    /** Why the last pass that may withdraw lots withdrew none; the pulls between two nights leave it alone. */
    reconcileFault: text('reconcile_fault'),
    /** How many lots that pass would have withdrawn, and up to how many a person has confirmed since. */
    reconcileGone: integer('reconcile_gone'),
    reconcileConfirmed: integer('reconcile_confirmed'),
    leaseUntil: instant('lease_until'),
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
  },
  () => promoterPolicies('stock_sync'),
);
