import type { EventRow, Verdict } from './process-event';
import type { WebhookCode } from './schema';

/** Koban may call before its own reading shows it: three more looks before a person is asked. Milliseconds. */
const LOOKS_MS = [2_000, 10_000, 60_000];

/** What a call comes to that Koban's own reading does not bear out: another look, or a person's once all were taken. */
export function lookAgain({ attempts }: EventRow, code: WebhookCode): Verdict {
  const afterMs = LOOKS_MS[attempts - 1];
  return afterMs === undefined ? { state: 'quarantined', code } : { state: 'later', code, afterMs };
}
