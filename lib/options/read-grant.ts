import type { PromoterId } from '@/lib/core/scope';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Grant as KobanGrant, LotStatus } from '@/lib/koban/options';
import { recordLotStatus, recordLotStatuses } from '@/lib/stock/queries';
import { type Grant, type NoGrant, ranksTaken } from './rules';

const codes: Record<Extract<KobanGrant, { rank: null }>['why'], NoGrant> = {
  full: 'lot-full',
  'unknown-lot': 'lot-unknown',
  prereserved: 'lot-prereserved',
  unexpected: 'lot-unavailable',
};

/** What Koban grants, in the portal's words. */
export function readGrant({ grant }: LotStatus): Grant {
  if (grant.rank === null) return { rank: null, code: codes[grant.why] };
  return { rank: grant.rank, rank1EndsAt: grant.rank === 2 ? grant.rank1EndsAt : null };
}

/** Keeps a reading in the stock mirror, for every screen that shows the lot. */
export function keepReading(
  tx: TenantTx,
  lot: { promoterId: PromoterId; extcode: string },
  status: LotStatus,
  seenAt: Date,
): Promise<boolean> {
  const rank = ranksTaken(readGrant(status));
  return recordLotStatus(tx, lot.promoterId, lot.extcode, { rank, rank1EndsAt: status.endDate, seenAt });
}

/** Keeps many readings of one promoter's lots, as `keepReading` keeps one. */
export function keepReadings(
  tx: TenantTx,
  promoterId: PromoterId,
  readings: readonly { extcode: string; status: LotStatus; seenAt: Date }[],
): Promise<void> {
  return recordLotStatuses(
    tx,
    promoterId,
    readings.map(({ extcode, status, seenAt }) => ({
      extcode,
      rank: ranksTaken(readGrant(status)),
      rank1EndsAt: status.endDate,
      seenAt,
    })),
  );
}
