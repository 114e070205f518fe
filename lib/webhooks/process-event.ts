import { and, eq } from 'drizzle-orm';
import { faultFacts, log } from '@/lib/core/log';
import type { SystemActor } from '@/lib/core/scope';
import { webhookEvent } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { enqueue, followOne } from '@/lib/jobs/enqueue';
import { applyOptionEvent } from './apply-option-event';
import { applyReservationEvent } from './apply-reservation-event';
import type { WebhookCode } from './schema';
import { storeLead } from './store-lead';

export type EventRow = typeof webhookEvent.$inferSelect;

/** What working on a call came to. `later`: it is tried again after so many milliseconds. */
export type Verdict =
  | { state: 'processed' | 'duplicate' | 'quarantined'; code: WebhookCode }
  | { state: 'later'; code: WebhookCode; afterMs: number };

/** A call that ends in a fault again and again is a person's to look at. */
const MOST_FAILURES = 20;

/** Works on one call that was kept. Run twice, or in two processes, it comes to the same. */
export async function processEvent(actor: SystemActor, id: number, at?: Date): Promise<void> {
  const [row] = await asTenant(actor.scope, (tx) =>
    tx
      .select()
      .from(webhookEvent)
      .where(and(eq(webhookEvent.id, id), eq(webhookEvent.state, 'received'))),
  );
  if (!row) return;
  const verdict: Verdict =
    row.attempts > MOST_FAILURES && row.code !== 'unread' && row.code !== 'act-under-way'
      ? { state: 'quarantined', code: 'failed' }
      : await judge(actor, row, at);
  await asTenant(actor.scope, (tx) => close(tx, row, verdict, at ?? new Date()));
  if (verdict.state === 'quarantined') {
    log().warn({ webhook: row.event, id, code: verdict.code }, 'a call of Koban is held for a person');
  }
  // Only GetUpdated tells the lot's status, of a lot that is new or sold to a stranger too: it is asked for at once.
  const news =
    verdict.state === 'processed' || verdict.code === 'unknown-lot' || verdict.code === 'unknown-third';
  if (row.event !== 'lead' && news) await pull(actor);
}

async function judge(actor: SystemActor, row: EventRow, at: Date | undefined): Promise<Verdict> {
  switch (row.event) {
    case 'option-placed':
    case 'option-prolonged':
    case 'option-cancelled':
    case 'option-expired':
      return applyOptionEvent(actor, { ...row, event: row.event }, at);
    case 'lead':
      return storeLead(actor, row);
    case 'reservation-validated':
    case 'reservation-withdrawn':
      return applyReservationEvent(actor, { ...row, event: row.event });
  }
}

function close(
  tx: Parameters<Parameters<typeof asTenant>[1]>[0],
  { id }: EventRow,
  verdict: Verdict,
  now: Date,
): Promise<unknown> {
  const { code } = verdict;
  const change =
    verdict.state === 'later'
      ? { code, nextAttemptAt: new Date(now.getTime() + verdict.afterMs) }
      : { code, state: verdict.state, processedAt: now };
  return tx
    .update(webhookEvent)
    .set(change)
    .where(and(eq(webhookEvent.id, id), eq(webhookEvent.state, 'received')));
}

/** The next pull brings what this would: its failure loses nothing. */
async function pull({ promoter }: SystemActor): Promise<void> {
  try {
    await enqueue(followOne, { promoterId: promoter }, { singletonKey: promoter });
  } catch (fault) {
    log().warn(faultFacts(fault), 'the stock was not asked for');
  }
}
