import { type Day, parisDay } from '@/lib/core/days';
import type { KobanFile } from '@/lib/db/schema/reservations';
import type { ReservationRow } from './settle-reservation';

type Candidate = Pick<ReservationRow, 'state' | 'createdAt' | 'withdrawnAt' | 'kobanFile'>;

/** What Koban's clock and ours may be apart: beyond it nothing is posed (RELIABILITY, Clock). Milliseconds. */
const CLOCKS_MS = 60_000;

/** States of a reservation that Koban never held, as far as is known here. */
const neverHeld: ReadonlySet<ReservationRow['state']> = new Set(['draft', 'refused', 'unsent', 'abandoned']);

/**
 * Which of a buyer's reservations on a lot a validated file is about: the one whose file has this `_id`, else the only one whose life
 * has room for `PreresaDate` and for the hour at which the call came. Null when nothing tells two apart, or none fits: a call of
 * an earlier reservation may come again at any time.
 */
export function whichReservation<Row extends Candidate>(
  rows: readonly Row[],
  told: { file: KobanFile; at: Date },
): Row | null {
  const id = idOf(told.file);
  const named = rows.find(({ kobanFile }) => id !== null && idOf(kobanFile) === id);
  if (named) return named;
  const fitting = rows.filter((row) => {
    const otherFile = id !== null && idOf(row.kobanFile) !== null;
    return !otherFile && row.createdAt <= told.at && livedThen(row, told.file.PreresaDate);
  });
  const held = fitting.filter(({ state }) => !neverHeld.has(state));
  const [first] = held.length > 0 ? held : fitting;
  if (!first) return null;
  return held.length > 1 && held.some(({ state }) => state !== 'withdrawn') ? null : first;
}

const idOf = (file: KobanFile | null) => (typeof file?._id === 'string' ? file._id : null);

/** Whether a reservation may have been made at this date. Koban may give a day alone, which is read as midnight in Paris. */
function livedThen({ createdAt, withdrawnAt }: Candidate, date: KobanFile[string] | undefined): boolean {
  if (typeof date !== 'string') return true;
  const made = new Date(date);
  const day = bareDay(made);
  if (day) return parisDay(createdAt) <= day && (!withdrawnAt || day <= parisDay(withdrawnAt));
  return createdAt.getTime() - CLOCKS_MS <= made.getTime() && (!withdrawnAt || made <= withdrawnAt);
}

/** The day of an instant that may be a day alone: midnight in Paris; null for any other. */
export function bareDay(instant: Date): Day | null {
  const day = parisDay(instant);
  return day === parisDay(new Date(instant.getTime() - 1)) ? null : day;
}
