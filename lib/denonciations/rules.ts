import type { DenonciationState } from './schema';

/** What a check allows (Koban Immobilier, « Vérifier une dénonciation »). `denounced` forbids whatever the other flags say. */
export type CheckVerdict = 'inactive' | 'denounced' | 'contradictory' | 'new' | 'exists';

/** What a reading after an unknown pose suggests. */
export type PoseReading = 'accepted' | 'whose-unknown' | 'no-trace-yet' | 'unreadable';

/** What is known of an unknown pose when it is read back. Instants. */
export type PoseEvidence = {
  createdByUs: boolean;
  /** An earlier attempt left no trace: what is found now may be anyone's. */
  earlierUnknown: boolean;
  /** A reading of this attempt has already found the prospect free. */
  seenFree: boolean;
  /** When Koban last said, before the pose, that nobody had denounced the prospect. */
  checkedAt: Date | null;
  sentAt: Date;
  readAt: Date;
};

/**
 * Annex A: a prospect that this act created, free within a minute before the pose and denounced at the first word of Koban's
 * after it, was denounced by us (an inference, and said so). Once it was seen free after the pose, or much later, or if it
 * existed before, it may have been denounced by anyone: Koban does not say whose it is.
 */
export function judgePoseReading(verdict: CheckVerdict, evidence: PoseEvidence): PoseReading {
  switch (verdict) {
    case 'new':
    case 'exists':
      return 'no-trace-yet';
    case 'denounced':
      return isSurelyOurs(evidence) ? 'accepted' : 'whose-unknown';
    case 'inactive':
    case 'contradictory':
      return 'unreadable';
  }
}

function isSurelyOurs({ checkedAt, sentAt, readAt, ...seen }: PoseEvidence): boolean {
  if (!seen.createdByUs || seen.earlierUnknown || seen.seenFree || checkedAt === null) return false;
  return (
    sentAt.getTime() - checkedAt.getTime() <= CHECK_FRESH_MS &&
    readAt.getTime() - sentAt.getTime() <= NO_TRACE_MS
  );
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
