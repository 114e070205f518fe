import { z } from 'zod';

/** Filter of « Webhooks », as it stands in the URL. Pages count from 1. */
export const eventStates = ['received', 'processed', 'duplicate', 'quarantined'] as const;
export const eventNames = [
  'option-placed',
  'option-cancelled',
  'option-prolonged',
  'option-expired',
  'reservation-validated',
  'reservation-withdrawn',
  'lead',
] as const;
export const eventFilterSchema = z.object({
  state: z.enum(eventStates).nullable().catch(null),
  event: z.enum(eventNames).nullable().catch(null),
  q: z.string().trim().max(120).catch(''),
  page: z.coerce.number().int().min(1).catch(1),
});
export type EventFilter = z.output<typeof eventFilterSchema>;

export const eventIdSchema = z.coerce.number().int().positive();

/** One call of Koban's. */
export type EventLine = {
  id: number;
  event: (typeof eventNames)[number];
  receivedAt: Date;
  lotExtcode: string | null;
  fields: Record<string, string>;
  state: (typeof eventStates)[number];
  code: string | null;
  attempts: number;
  processedAt: Date | null;
  replayedBy: string | null;
};

export type EventPage = {
  lines: EventLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<EventLine['state'], number>>;
};

/** What the promoter's Koban administrator copies into Koban. `oldUntil`: until when the secret before this one is still taken. */
export type WebhookAddresses = {
  addresses: { event: 'option-check' | (typeof eventNames)[number]; url: string }[];
  secret: string;
  oldUntil: Date | null;
};

/**
 * What a call came to, or why it waits or is held: sentences under `admin.webhooks.codes`.
 * Processed: `recorded` on an option or reservation here, `not-credited` (one of our prospects, but no single accepted dénonciation says
 * whose), `not-ours` (somebody else's: the lot shows it), `over-since`, `nothing-to-end`, `stored` (a lead).
 * Duplicate: `same-again`. Waiting: `unread` (Koban does not answer), `act-under-way`. Held: `contradicted` (Koban's own reading
 * says otherwise), `which-unknown` (nothing tells which of a buyer's reservations is meant), `unknown-lot`, `unknown-third`,
 * `unreadable`, `failed`.
 */
export const webhookCodes = [
  'recorded',
  'not-credited',
  'not-ours',
  'over-since',
  'nothing-to-end',
  'stored',
  'same-again',
  'unread',
  'act-under-way',
  'contradicted',
  'which-unknown',
  'unknown-lot',
  'unknown-third',
  'unreadable',
  'failed',
] as const;
export type WebhookCode = (typeof webhookCodes)[number];

const known: ReadonlySet<string> = new Set(webhookCodes);
/** Whether a code as stored is one of those of today. */
export const isWebhookCode = (code: string): code is WebhookCode => known.has(code);
