import type { PromoterId } from '@/lib/core/scope';
import type { TenantTx } from '@/lib/db/tenancy';
import type { LotStatus } from '@/lib/koban/options';
import { recordLotStatus } from '@/lib/stock/queries';
import type { LotReading } from './rules';

/** What GetLotStatus says, in the words of a reservation. */
export function readLot({ grant }: LotStatus): LotReading {
  switch (grant.rank) {
    case 1:
      return 'free';
    case 2:
      return 'optioned';
    case null:
      return grant.why;
  }
}

const ranks: Record<LotReading, 0 | 1 | 2 | null> = {
  free: 0,
  optioned: 1,
  full: 2,
  prereserved: null,
  'unknown-lot': null,
  unexpected: null,
};

/** Keeps a reading in the stock mirror, for every screen that shows the lot. */
export async function keepReading(
  tx: TenantTx,
  lot: { promoterId: PromoterId; extcode: string },
  status: LotStatus,
  seenAt: Date,
): Promise<void> {
  const rank = ranks[readLot(status)];
  await recordLotStatus(tx, lot.promoterId, lot.extcode, { rank, rank1EndsAt: status.endDate, seenAt });
}
