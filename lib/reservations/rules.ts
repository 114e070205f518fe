import type { Cents } from '@/lib/core/money';
import type { ReservationDetail, ReservationLine } from './schema';

/** What GetLotStatus says of a lot, as far as a reservation is concerned. */
export type LotReading = 'free' | 'optioned' | 'full' | 'prereserved' | 'unknown-lot' | 'unexpected';

/** Why no pre-reservation is sent on a lot read so; null when one may be. Koban alone knows whose options a lot bears. */
export function noPreresv(reading: LotReading): 'lot-prereserved' | 'lot-unknown' | 'lot-not-open' | null {
  switch (reading) {
    case 'free':
    case 'optioned':
    case 'full':
      return null;
    case 'prereserved':
      return 'lot-prereserved';
    case 'unknown-lot':
      return 'lot-unknown';
    case 'unexpected':
      return 'lot-not-open';
  }
}

/** Nothing seen this long after sending is the strongest « no trace » there is (RELIABILITY rule 8). Milliseconds. */
const NO_TRACE_MS = 15 * 60_000;

/** What a reading after an unknown Add suggests. -2 is never proof that the pre-reservation is ours (RELIABILITY, Annex A). */
export function judgePreresvReading(reading: LotReading, sinceMs: number): string {
  if (reading === 'prereserved') return 'preresv-whose-unknown';
  return sinceMs >= NO_TRACE_MS ? 'preresv-no-trace' : 'preresv-unknown';
}

/**
 * What a reading after an unknown Desist says: a lot on which an option is possible or in progress is no longer reserved, which is
 * done by state (Annex A). A lot that Koban no longer knows, or describes in a way of its own, says nothing.
 */
export function judgeDesistReading(reading: LotReading, sinceMs: number): 'withdrawn' | string {
  switch (reading) {
    case 'free':
    case 'optioned':
    case 'full':
      return 'withdrawn';
    case 'prereserved':
    case 'unknown-lot':
    case 'unexpected':
      return sinceMs >= NO_TRACE_MS ? 'desist-no-trace' : 'desist-unknown';
  }
}

/** Whether a file may be validated on a lot read so. Koban does not say how it describes a lot whose file is. */
export const mayBeValidated = (reading: LotReading): boolean =>
  reading === 'prereserved' || reading === 'unexpected';

/** What may be done with a reservation now. */
export type NextAct = 'reserve-again' | 'fill' | 'withdraw' | 'wait';

/** Acts that a reservation's state allows; Koban's answer and the lot's other acts decide when one is tried. */
export function nextActs(reservation: Pick<ReservationLine, 'state' | 'fileSent' | 'act'>): NextAct[] {
  const { state, fileSent, act } = reservation;
  if (act.state === 'open' || act.state === 'uncertain') return ['wait'];
  switch (state) {
    case 'preresv':
      return fileSent ? ['withdraw'] : ['fill', 'withdraw'];
    case 'validated':
      return ['withdraw'];
    case 'refused':
    case 'unsent':
    case 'withdrawn':
    case 'abandoned':
      return ['reserve-again'];
    case 'draft':
    case 'pending':
    case 'uncertain':
      return ['wait'];
  }
}

/** The deposit in cents; null for a reservation that the promoter made, when its file in Koban tells none. */
export const toldDeposit = ({
  depositCents,
  kobanFile,
}: Pick<ReservationDetail, 'depositCents' | 'kobanFile'>): Cents | null =>
  depositCents === 0 && kobanFile !== null && typeof kobanFile.Garantie !== 'number' ? null : depositCents;
