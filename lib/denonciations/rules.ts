import type { DenonciationState } from './schema';

/** What a check allows (Koban Immobilier, « Vérifier une dénonciation »). `denounced` forbids whatever the other flags say. */
export type CheckVerdict = 'inactive' | 'denounced' | 'contradictory' | 'new' | 'exists';

/** What a reading after an unknown pose suggests. */
export type PoseReading = 'accepted' | 'whose-unknown' | 'no-trace-yet' | 'unreadable';

/**
 * Annex A: a prospect that this act created moments ago, not denounced before and denounced now, was denounced by us (an
 * inference, and said so). A prospect that already existed may have been denounced by anyone: Koban does not say whose it is.
 */
export function judgePoseReading(verdict: CheckVerdict, createdByUs: boolean): PoseReading {
  switch (verdict) {
    case 'new':
    case 'exists':
      return 'no-trace-yet';
    case 'denounced':
      return createdByUs ? 'accepted' : 'whose-unknown';
    case 'inactive':
    case 'contradictory':
      return 'unreadable';
  }
}

/** A check older than this no longer proves that nobody else denounced the prospect before us. Milliseconds; RELIABILITY Annex A. */
export const CHECK_FRESH_MS = 60_000;

/** Nothing seen this long after sending is the strongest « no trace » there is (RELIABILITY rule 8). Milliseconds. */
export const NO_TRACE_MS = 15 * 60_000;

/** Whether a person may send this act again: it was kept unsent, or enough readings found no trace of it. */
export function canResend(act: { state: DenonciationState; code: string | null }): boolean {
  return act.state === 'unsent' || (act.state === 'uncertain' && act.code === 'no-trace');
}

/** Whether a receipt may be drawn up: the act has been settled, or stands uncertain and the receipt says so. */
export function hasReceipt(state: DenonciationState): boolean {
  return state === 'accepted' || state === 'refused' || state === 'uncertain';
}

/** « 7K2QF-9M4AB »: a reference as people read and dictate it. */
export function readableReference(reference: string): string {
  return `${reference.slice(0, 5)}-${reference.slice(5)}`;
}
