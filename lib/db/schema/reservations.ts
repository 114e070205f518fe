import { bigint, boolean, foreignKey, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { denonciation, filing, operation, option, prospect } from './acts';
import { createdAtColumn, idColumn, instant } from './columns';
import { cabinetPolicies } from './tenancy';

/** A complete file as it is being filled: fields by name, as the form holds them, amounts as they were typed. */
export type FileDraft = Record<string, unknown>;
/** What Koban's validation webhook told of a file, by its own names; `…_cent` fields and prices in cents, dates as ISO text. */
export type KobanFile = Record<string, string | number | boolean | null>;

/** A reservation file (dossier) on one lot, from its pre-reservation to its validation or withdrawal. */
export const reservation = pgTable(
  'reservation',
  {
    id: idColumn(),
    ...filing(),
    /** What people quote: ten letters and digits. */
    reference: text('reference').notNull().unique(),
    denonciationId: uuid('denonciation_id').references(() => denonciation.id),
    /** The option it was made from. */
    optionId: uuid('option_id').references(() => option.id),
    prospectId: uuid('prospect_id').notNull(),
    programmeCode: text('programme_code').notNull(),
    lotExtcode: text('lot_extcode').notNull(),
    state: text('state', {
      enum: [
        // The complete file is being filled, and nothing was sent.
        'draft',
        'pending',
        'preresv',
        'validated',
        'withdrawn',
        'refused',
        'unsent',
        'uncertain',
        'abandoned',
      ],
    }).notNull(),
    proof: text('proof', { enum: ['answer', 'reading', 'webhook', 'person'] }),
    /** The latest act on it: the pre-reservation, the complete file or the withdrawal. */
    operationId: uuid('operation_id').references(() => operation.id),
    code: text('code'),
    kobanMessage: text('koban_message'),
    priceCents: bigint('price_cents', { mode: 'number' }).notNull(),
    /** Dépôt de garantie. */
    depositCents: bigint('deposit_cents', { mode: 'number' }).notNull(),
    file: jsonb('file').$type<FileDraft>().notNull(),
    /** The step of the form that was left last. */
    fileStep: text('file_step'),
    fileSavedAt: instant('file_saved_at'),
    fileSent: boolean('file_sent').notNull().default(false),
    kobanFile: jsonb('koban_file').$type<KobanFile>(),
    withdrawReason: text('withdraw_reason'),
    createdAt: createdAtColumn(),
    preresvAt: instant('preresv_at'),
    validatedAt: instant('validated_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    foreignKey({ columns: [t.promoterId, t.prospectId], foreignColumns: [prospect.promoterId, prospect.id] }),
    index('reservation_list').on(t.promoterId, t.cabinetId, t.createdAt),
    index('reservation_lot').on(t.promoterId, t.lotExtcode),
    ...cabinetPolicies('reservation'),
  ],
);
