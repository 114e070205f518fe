import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, instant } from './columns';
import { account, cabinet } from './people';
import { promoter } from './promoters';
import { cabinetPolicies, promoterPolicies } from './tenancy';

const tenant = () =>
  uuid('promoter_id')
    .notNull()
    .references(() => promoter.id);
export const filing = () => ({
  promoterId: tenant(),
  cabinetId: uuid('cabinet_id')
    .notNull()
    .references(() => cabinet.id),
  accountId: uuid('account_id')
    .notNull()
    .references(() => account.id),
});

/** Acts on Koban. `preresv` opens a file, `dossier` sends it whole, `desistement` withdraws it. */
export const operationKinds = [
  'denonciation',
  'option',
  'prolongation',
  'annulation',
  'preresv',
  'dossier',
  'desistement',
] as const;

/**
 * One act on Koban: the intention, committed before the first byte leaves, and what came of it.
 * `open` and `uncertain` acts hold their lot (or programme and prospect): the partial unique indexes refuse a
 * second one on the same Koban account, across tenants.
 */
export const operation = pgTable(
  'operation',
  {
    id: idColumn(),
    ...filing(),
    kind: text('kind', { enum: operationKinds }).notNull(),
    kobanAccount: text('koban_account').notNull(),
    /** Made by the form when it opens: a second submission of the same form is the same act. */
    formKey: uuid('form_key').notNull(),
    requestHash: text('request_hash').notNull(),
    programmeCode: text('programme_code').notNull(),
    lotExtcode: text('lot_extcode'),
    /** Keyed hashes of the prospect's normalised e-mail and phone: enough to refuse a second act, and no way back to them. */
    emailKey: text('email_key'),
    phoneKey: text('phone_key'),
    state: text('state', { enum: ['open', 'done', 'refused', 'unsent', 'uncertain', 'abandoned'] })
      .notNull()
      .default('open'),
    /** The recovery point: the next phase to run. */
    phase: text('phase').notNull(),
    /** Grows when a person sends the act again after it was kept unsent, or after readings found no trace of it. */
    attempt: integer('attempt').notNull().default(1),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    code: text('code'),
    /** Koban's own words for a refusal, shown as a quotation. */
    kobanMessage: text('koban_message'),
    readBacks: integer('read_backs').notNull().default(0),
    /** Since when its result is unknown: after 30 minutes it is a person's to judge. */
    uncertainAt: instant('uncertain_at'),
    /** When the machine takes it up again; null once settled. */
    nextCheckAt: instant('next_check_at'),
    leaseUntil: instant('lease_until'),
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    /** Whoever of the promoter's staff judged an act that stayed unknown, and in what words. */
    judgedBy: uuid('judged_by').references(() => account.id),
    judgement: text('judgement'),
    /** When a person asked for the present attempt: the machine sends nothing for a wish grown old. */
    askedAt: instant('asked_at').notNull().defaultNow(),
    createdAt: createdAtColumn(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    unique('operation_form').on(t.promoterId, t.accountId, t.formKey, t.programmeCode),
    uniqueIndex('operation_one_per_lot')
      .on(t.kobanAccount, t.lotExtcode)
      .where(sql`state in ('open', 'uncertain') and lot_extcode is not null`),
    uniqueIndex('operation_one_per_email')
      .on(t.kobanAccount, t.programmeCode, t.emailKey)
      .where(sql`state in ('open', 'uncertain') and email_key is not null`),
    uniqueIndex('operation_one_per_phone')
      .on(t.kobanAccount, t.programmeCode, t.phoneKey)
      .where(sql`state in ('open', 'uncertain') and phone_key is not null`),
    index('operation_due').on(t.nextCheckAt).where(sql`state in ('open', 'uncertain')`),
    ...cabinetPolicies('operation'),
  ],
);

/** Every step of an act, in the order it happened: what was asked, when, and what came back. */
export const operationStep = pgTable(
  'operation_step',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    promoterId: tenant(),
    cabinetId: uuid('cabinet_id')
      .notNull()
      .references(() => cabinet.id),
    operationId: uuid('operation_id')
      .notNull()
      .references(() => operation.id, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    name: text('name').notNull(),
    state: text('state', {
      enum: ['intent', 'done', 'refused', 'unreachable', 'malformed', 'unknown', 'skipped'],
    }).notNull(),
    /** SHA-256 of what was asked of Koban, committed before it was sent: proof without the prospect's data. */
    sentHash: text('sent_hash'),
    /** Facts of the answer that hold no personal data (flags, rank, dates, codes). */
    facts: jsonb('facts').$type<Record<string, string | number | boolean | null>>(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [index('operation_step_of').on(t.operationId, t.id), ...cabinetPolicies('operation_step')],
);

/** A cabinet's prospect at one promoter. `extcode` is ours: it makes `ncThird/PostOne` repeatable. */
export const prospect = pgTable(
  'prospect',
  {
    id: idColumn(),
    ...filing(),
    extcode: text('extcode').notNull(),
    kobanGuid: text('koban_guid'),
    gender: text('gender', { enum: ['M', 'MME'] }),
    lastName: text('last_name').notNull(),
    firstName: text('first_name').notNull(),
    email: text('email').notNull(),
    phone: text('phone').notNull(),
    /** When agreement was first declared; each dénonciation keeps its own. */
    consentAt: instant('consent_at').notNull(),
    /** Name without accents or case, e-mail and phone: what a search looks in. */
    search: text('search').notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    unique('prospect_extcode').on(t.promoterId, t.extcode),
    unique('prospect_identity').on(t.promoterId, t.cabinetId, t.email, t.lastName, t.firstName, t.phone),
    unique('prospect_tenant').on(t.promoterId, t.id),
    ...cabinetPolicies('prospect'),
  ],
);

/** What the prospect looks for. Budget in cents. */
export type Wish = {
  typologies: string[];
  rooms: number | null;
  budgetCents: number | null;
  source: string | null;
  comment: string | null;
};

/** One prospect denounced on one programme. */
export const denonciation = pgTable(
  'denonciation',
  {
    id: idColumn(),
    ...filing(),
    operationId: uuid('operation_id')
      .notNull()
      .unique()
      .references(() => operation.id),
    /** What people quote, and what the receipt's check code begins with: ten letters and digits. */
    reference: text('reference').notNull().unique(),
    prospectId: uuid('prospect_id').notNull(),
    programmeCode: text('programme_code').notNull(),
    wish: jsonb('wish').$type<Wish>().notNull(),
    state: text('state', { enum: ['pending', 'accepted', 'refused', 'unsent', 'uncertain', 'abandoned'] })
      .notNull()
      .default('pending'),
    /** How an acceptance is known: Koban's own answer, or a later reading. */
    proof: text('proof', { enum: ['answer', 'reading', 'webhook', 'person'] }),
    code: text('code'),
    kobanMessage: text('koban_message'),
    kobanReference: text('koban_reference'),
    /** When the prospect's agreement to this dénonciation was declared. */
    consentAt: instant('consent_at').notNull(),
    filedAt: instant('filed_at').notNull().defaultNow(),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    foreignKey({ columns: [t.promoterId, t.prospectId], foreignColumns: [prospect.promoterId, prospect.id] }),
    index('denonciation_list').on(t.promoterId, t.cabinetId, t.filedAt),
    index('denonciation_prospect').on(t.promoterId, t.prospectId),
    ...cabinetPolicies('denonciation'),
  ],
);

/** One option on one lot, for a prospect with an accepted denonciation. */
export const option = pgTable(
  'option',
  {
    id: idColumn(),
    ...filing(),
    operationId: uuid('operation_id')
      .notNull()
      .unique()
      .references(() => operation.id),
    denonciationId: uuid('denonciation_id')
      .notNull()
      .references(() => denonciation.id),
    prospectId: uuid('prospect_id').notNull(),
    programmeCode: text('programme_code').notNull(),
    lotExtcode: text('lot_extcode').notNull(),
    rank: integer('rank').notNull(),
    state: text('state', {
      enum: [
        'pending',
        'placed',
        'refused',
        'unsent',
        'uncertain',
        'abandoned',
        'expired',
        'cancelled',
        // It became a reservation.
        'used',
      ],
    })
      .notNull()
      .default('pending'),
    proof: text('proof', { enum: ['answer', 'reading', 'webhook', 'person'] }),
    /** DateOption as sent to Koban. */
    placedAt: instant('placed_at').notNull(),
    /** The exact :00 or :30 at which Koban lets it go, from the promoter's option life. */
    expiresAt: instant('expires_at').notNull(),
    /** True once Koban itself gave the date (GetLotStatus or a webhook). */
    expiryFromKoban: boolean('expiry_from_koban').notNull().default(false),
    /** DateProlongation as Koban knows it: an option is prolonged once. `expiresAt` then is its half hour. */
    prolongedTo: instant('prolonged_to'),
    /** How an end is known, and whose doing it was; null while it lives. */
    endedBy: text('ended_by', { enum: ['partner', 'promoter', 'koban', 'unproven'] }),
    /** The partner's own words when it cancels. */
    cancelReason: text('cancel_reason'),
    code: text('code'),
    kobanMessage: text('koban_message'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    foreignKey({ columns: [t.promoterId, t.prospectId], foreignColumns: [prospect.promoterId, prospect.id] }),
    // Not unique by rank: ranks move in Koban before the portal learns of it, and what Koban granted must always be written.
    // Two acts at once on one lot are refused by `operation_one_per_lot`.
    index('option_lot').on(t.promoterId, t.lotExtcode),
    index('option_prospect').on(t.promoterId, t.prospectId),
    index('option_list').on(t.promoterId, t.cabinetId, t.expiresAt),
    // Those that live are few, and looked through every few seconds; those that ended grow for ever.
    index('option_placed').on(t.promoterId, t.expiresAt).where(sql`state = 'placed'`),
    ...cabinetPolicies('option'),
  ],
);

/** Who did what, when; written in the transaction of the change it tells of. No personal data. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    promoterId: uuid('promoter_id').references(() => promoter.id),
    cabinetId: uuid('cabinet_id').references(() => cabinet.id),
    at: instant('at').notNull().defaultNow(),
    actorKind: text('actor_kind', { enum: ['partner', 'staff', 'operator', 'system', 'webhook'] }).notNull(),
    actorAccount: uuid('actor_account').references(() => account.id),
    actorName: text('actor_name').notNull(),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    facts: jsonb('facts').$type<Record<string, string | number | boolean | null>>(),
  },
  (t) => [
    index('audit_subject').on(t.promoterId, t.subjectType, t.subjectId),
    index('audit_since').on(t.promoterId, t.at),
    ...promoterPolicies('audit'),
  ],
);
