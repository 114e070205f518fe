import { and, eq, lt } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { webhookEvent } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { type Recorded, recordValidation } from '@/lib/reservations/record-validation';
import { recordWithdrawal } from '@/lib/reservations/record-withdrawal';
import { lookAgain } from './look-again';
import { nameLot } from './name-lot';
import type { EventRow, Verdict } from './process-event';
import { readReservation } from './read-reservation';

type ReservationEvent = EventRow & { event: 'reservation-validated' | 'reservation-withdrawn' };

const LONGEST_MS = 300_000;
const ACT_LONGEST_MS = 60_000;

/** Brings a reservation to what Koban tells of its file: validated with all its fields, or withdrawn once the lot's reading agrees. */
export async function applyReservationEvent(actor: SystemActor, row: ReservationEvent): Promise<Verdict> {
  const recorded = await record(actor, row);
  const patience = 1_000 * 2 ** Math.min(row.attempts, 10);
  switch (recorded.kind) {
    case 'applied':
      return { state: 'processed', code: 'recorded' };
    case 'already':
      return sameAgain;
    case 'none':
      return {
        state: 'processed',
        code: row.event === 'reservation-validated' ? 'not-ours' : 'nothing-to-end',
      };
    case 'contradicted': {
      const verdict = lookAgain(row, 'contradicted');
      return verdict.state === 'quarantined' && recorded.explained ? sameAgain : verdict;
    }
    case 'unborne': {
      const verdict = lookAgain(row, 'contradicted');
      return verdict.state === 'quarantined' ? { state: 'processed', code: 'not-ours' } : verdict;
    }
    case 'unknown-lot':
    case 'unknown-third':
    case 'which-unknown':
    case 'unreadable':
      return { state: 'quarantined', code: recorded.kind };
    case 'act-under-way':
      return { state: 'later', code: 'act-under-way', afterMs: Math.min(ACT_LONGEST_MS, patience) };
    case 'unread':
      return { state: 'later', code: 'unread', afterMs: Math.min(LONGEST_MS, patience) };
  }
}

const sameAgain: Verdict = { state: 'duplicate', code: 'same-again' };

async function record(actor: SystemActor, row: ReservationEvent): Promise<Recorded | { kind: 'unreadable' }> {
  const named = await asTenant(actor.scope, (tx) => nameLot(tx, actor, row));
  if (named.kind !== 'named') return named;
  const on = { lotExtcode: named.extcode, at: row.receivedAt };
  if (row.event === 'reservation-withdrawn') return recordWithdrawal(actor, on);
  const { thirdGuid, file } = readReservation(row.fields);
  if (thirdGuid === null) return { kind: 'unreadable' };
  const repeated = await asTenant(actor.scope, (tx) => wasApplied(tx, row));
  return recordValidation(actor, { ...on, thirdGuid, file, repeated });
}

/** Whether an earlier call of the very same content was applied. */
async function wasApplied(tx: TenantTx, { id, promoterId, contentHash }: EventRow): Promise<boolean> {
  const [before] = await tx
    .select({ id: webhookEvent.id })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.promoterId, promoterId),
        eq(webhookEvent.contentHash, contentHash),
        lt(webhookEvent.id, id),
        eq(webhookEvent.state, 'processed'),
      ),
    )
    .limit(1);
  return before !== undefined;
}
