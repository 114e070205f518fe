import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, instant } from './columns';
import { account, cabinet } from './people';
import { promoterPolicies } from './tenancy';

/** One MoreFields mapping: what a customer's opaque field id means to the portal. */
export type FieldMapping = {
  fieldId: string;
  key: string;
  label: string;
  type: 'text' | 'area' | 'number' | 'money' | 'date' | 'boolean' | 'list' | 'image' | 'document';
  on: 'lot' | 'programme';
};

/** What a promoter has set for its portal. Hours are whole hours of an option's life. */
export type PromoterSettings = {
  optionHours: number;
  optionHoursMax: number;
  /** How many options its Koban lets the API user hold at once, where the promoter knows it (errorcode 03). */
  kobanOptionsMax?: number | null;
  fields: FieldMapping[];
  /** Labels for Koban status codes that the promoter wants shown otherwise. */
  statusLabels: Record<string, string>;
  /** Hosts, besides Koban's own, from which pictures and documents may be fetched. */
  documentHosts: string[];
  /** The promoter's Koban lists, by name: the codes that a reservation's file may carry. */
  lists?: Record<string, { code: string; label: string }[]>;
};

/** A property developer: one Koban account, its secrets (sealed) and its settings. */
export const promoter = pgTable(
  'promoter',
  {
    id: idColumn(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    kobanUrl: text('koban_url').notNull(),
    kobanKeysSealed: text('koban_keys_sealed').notNull(),
    /** Hash of host and API key: two promoters on one Koban account share its one-open-intent rule. */
    kobanAccount: text('koban_account').notNull(),
    webhookToken: text('webhook_token').notNull().unique(),
    webhookSecretSealed: text('webhook_secret_sealed').notNull(),
    /** The secret before this one: valid until `webhookOldUntil`, while Koban's settings are being changed. */
    webhookOldSealed: text('webhook_old_sealed'),
    webhookOldUntil: instant('webhook_old_until'),
    settings: jsonb('settings').$type<PromoterSettings>().notNull(),
    /** Grows with every real change of the stock mirror. */
    stockVersion: bigint('stock_version', { mode: 'number' }).notNull().default(0),
    createdAt: createdAtColumn(),
  },
  () => promoterPolicies('promoter', 'id'),
);

/** The agreement that lets a cabinet act for a promoter. */
export const convention = pgTable(
  'convention',
  {
    id: idColumn(),
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    cabinetId: uuid('cabinet_id')
      .notNull()
      .references(() => cabinet.id),
    allProgrammes: boolean('all_programmes').notNull(),
    /** The cabinet as this promoter wrote it down; null: as the deployment knows it. Never read from another promoter's. */
    cabinetName: text('cabinet_name'),
    cabinetOrias: text('cabinet_orias'),
    /** The cabinet's CGP third in Koban, sent as `Part.Guid` and `By`. */
    kobanGuid: text('koban_guid'),
    /** While there is no guid: when Koban is asked (again) to make the third, also the lease of whoever asks; and what it last said. */
    cgpNextAt: instant('cgp_next_at').notNull().defaultNow(),
    cgpFault: text('cgp_fault'),
    maxOptions: integer('max_options'),
    /** Suspended by the promoter: nothing of it is shown or done until it is lifted. */
    suspendedAt: instant('suspended_at'),
    /** Days in Europe/Paris, both inclusive. */
    validFrom: date('valid_from'),
    validUntil: date('valid_until'),
    createdAt: createdAtColumn(),
  },
  (t) => [
    unique('convention_once').on(t.promoterId, t.cabinetId),
    index('convention_cabinet').on(t.cabinetId),
    ...promoterPolicies('convention'),
  ],
);

/** Programmes granted by a convention that does not grant all. */
export const conventionProgramme = pgTable(
  'convention_programme',
  {
    conventionId: uuid('convention_id')
      .notNull()
      .references(() => convention.id, { onDelete: 'cascade' }),
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    programmeCode: text('programme_code').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conventionId, t.programmeCode] }),
    ...promoterPolicies('convention_programme'),
  ],
);

/**
 * Who of a cabinet a promoter lets in. A person without a row comes in with the convention (provisioned); `outside`: invited by
 * another promoter, and nothing to this one; `invited`: let in, has not signed in since; `open`; `closed`: shut out here, and here
 * only. `accountId` null: the address already serves somebody of another firm, which the promoter is not told.
 */
export const partnerAccess = pgTable(
  'partner_access',
  {
    id: idColumn(),
    promoterId: uuid('promoter_id')
      .notNull()
      .references(() => promoter.id),
    cabinetId: uuid('cabinet_id')
      .notNull()
      .references(() => cabinet.id),
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'cascade' }),
    /** As the promoter wrote them; null on a row that it did not ask for. */
    email: text('email'),
    name: text('name'),
    role: text('role', { enum: ['adviser', 'manager'] }),
    state: text('state', { enum: ['outside', 'invited', 'open', 'closed'] }).notNull(),
    invitedAt: instant('invited_at'),
    createdAt: createdAtColumn(),
  },
  (t) => [
    unique('partner_access_once').on(t.promoterId, t.accountId),
    unique('partner_access_address').on(t.promoterId, t.email),
    index('partner_access_account').on(t.accountId),
    ...promoterPolicies('partner_access'),
  ],
);
