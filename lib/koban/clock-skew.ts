/** Beyond this Koban's clock is told to be off (RELIABILITY, « Clock »); what it decides goes by it all the same. */
const TOLD_MS = 5_000;

/** How far Koban's clock is from ours: `adrift` by more than five seconds, and its half hours come when ours have not. */
export type ClockStanding = 'unheard' | 'exact' | 'adrift';

/** What a skew, in ms, comes to; null is one that no answer has told yet. */
export function clockStanding(skewMs: number | null): ClockStanding {
  if (skewMs === null) return 'unheard';
  return Math.abs(skewMs) > TOLD_MS ? 'adrift' : 'exact';
}
