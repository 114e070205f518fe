import { StockNotice } from '@/components/stock/live-freshness';
import { FirstPull } from '@/components/stock/sync-progress';
import type { PromoterStock } from '@/lib/stock/schema';

/** What must be known of each promoter's stock before its programmes are read: still loading, or too old to act upon. */
export function PromoterNotices({ stocks }: { stocks: readonly PromoterStock[] }) {
  return stocks.map(({ promoter, promoterName, freshness, progress }) => (
    <div key={promoter}>
      <StockNotice promoter={promoter} promoterName={promoterName} fromServer={freshness} />
      <FirstPull promoterName={promoterName} progress={progress} />
    </div>
  ));
}
