import { expiryBoundary } from '@/lib/core/half-hours';

export type Rank = 1 | 2;

/** Why no option can be placed. */
export type NoGrant = 'lot-unknown' | 'lot-prereserved' | 'lot-full' | 'lot-unavailable';

/** The rank that Koban grants now. `rank1EndsAt` is known for rank 2 only. */
export type Grant = { rank: Rank; rank1EndsAt: Date | null } | { rank: null; code: NoGrant };

/** How many options the lot bears, by what Koban grants: 0, 1 or 2; null when that does not tell. */
export function ranksTaken(grant: Grant): 0 | 1 | 2 | null {
  switch (grant.rank) {
    case 1:
      return 0;
    case 2:
      return 1;
    case null:
      return grant.code === 'lot-full' ? 2 : null;
  }
}

/** At most three options in progress for one prospect (Koban Immobilier, Add errorcode 01). */
export const OPTIONS_PER_PROSPECT = 3;

/** When Koban will let the option go: the first full or half hour not before its date plus its life in hours. */
export function expiryOf(placedAt: Date, optionHours: number): Date {
  return expiryBoundary(new Date(placedAt.getTime() + optionHours * 3_600_000));
}

/**
 * What a reading after an unknown Add suggests. It never proves that an option is ours (RELIABILITY rule 9): a rival may
 * have taken that rank. `before` is what the lot bore when the Add was sent.
 */
export function judgeAddReading(before: 0 | 1, grant: Grant): 'no-trace-yet' | 'one-more' | 'moved' {
  const after = ranksTaken(grant);
  if (after === before) return 'no-trace-yet';
  return after === before + 1 ? 'one-more' : 'moved';
}
