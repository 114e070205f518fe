import type { SystemActor } from '@/lib/core/scope';
import { recordValidation } from '@/lib/reservations/record-validation';
import { recordWithdrawal } from '@/lib/reservations/record-withdrawal';
import type { EventRow, Verdict } from './process-event';
import { readReservation } from './read-reservation';

type ReservationEvent = EventRow & { event: 'reservation-validated' | 'reservation-withdrawn' };

const LONGEST_MS = 300_000;

/** Brings a reservation to what Koban tells of its file: validated with all its fields, or withdrawn once the lot's reading agrees. */
export async function applyReservationEvent(actor: SystemActor, row: ReservationEvent): Promise<Verdict> {
  const recorded = await record(actor, row);
  switch (recorded) {
    case 'applied':
      return { state: 'processed', code: 'recorded' };
    case 'already':
      return { state: 'duplicate', code: 'same-again' };
    case 'none':
      return {
        state: 'processed',
        code: row.event === 'reservation-validated' ? 'not-ours' : 'nothing-to-end',
      };
    case 'unknown-lot':
    case 'unknown-third':
    case 'which-unknown':
    case 'unreadable':
      return { state: 'quarantined', code: recorded };
    case 'unread':
      return { state: 'later', code: 'unread', afterMs: Math.min(LONGEST_MS, 1_000 * 2 ** row.attempts) };
  }
}

async function record(actor: SystemActor, row: ReservationEvent) {
  const { fields, receivedAt: at } = row;
  if (row.event === 'reservation-validated') {
    const { lotExtcode, dealGuid, thirdGuid, file } = readReservation(fields);
    if (lotExtcode === null || thirdGuid === null) return 'unreadable';
    return (await recordValidation(actor, { lotExtcode, dealGuid, thirdGuid, file, at })).kind;
  }
  if (row.lotExtcode === null) return 'unreadable';
  const told = { lotExtcode: row.lotExtcode, dealGuid: fields.Deal_Guid ?? null, at };
  return (await recordWithdrawal(actor, told)).kind;
}
