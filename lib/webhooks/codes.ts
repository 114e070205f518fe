/**
 * What a call came to, or why it waits or is held: sentences under `webhooks.codes`.
 * Processed: `recorded` on an option here, `not-credited` (one of our prospects, but no single accepted dénonciation says
 * whose), `not-ours` (somebody else's: the lot shows it), `over-since`, `nothing-to-end`, `stored` (a lead).
 * Duplicate: `same-again`. Waiting: `unread` (Koban does not answer), `act-under-way`. Held: `contradicted` (Koban's own reading
 * says otherwise), `unknown-lot`, `unknown-third`, `unreadable`, `not-handled`.
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
  'not-handled',
  'failed',
] as const;
export type WebhookCode = (typeof webhookCodes)[number];
