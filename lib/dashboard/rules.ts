/** A visit ends after so long without a sign of the person. */
export const SILENCE_MS = 30 * 60_000;

/**
 * The end of the visit before the present one, from the last sign of the person and the end that was noted: whoever comes back
 * after a silence begins a visit even before it is noted. Null at the first visit.
 */
export function lastVisitEnd(
  { lastSeenAt, previousAt }: { lastSeenAt: Date; previousAt: Date | null },
  now: Date,
): Date | null {
  return now.getTime() - lastSeenAt.getTime() > SILENCE_MS ? lastSeenAt : previousAt;
}
