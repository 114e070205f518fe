/**
 * What a call came to, or why it waits or is held: sentences under `webhooks.codes`.
 * Processed: `recorded` on an option or reservation here, `not-credited` (one of our prospects, but no single accepted dénonciation says
 * whose), `not-ours` (somebody else's: the lot shows it), `over-since`, `nothing-to-end`, `stored` (a lead).
 * Duplicate: `same-again`. Waiting: `unread` (Koban does not answer), `act-under-way`. Held: `contradicted` (Koban's own reading
 * says otherwise), `unknown-lot`, `unknown-third`, `unreadable`, `failed`.
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
  'unknown-lot',
  'unknown-third',
  'unreadable',
  'failed',
] as const;
export type WebhookCode = (typeof webhookCodes)[number];
