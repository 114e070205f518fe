import { useEffect, useState } from 'react';
import { type ChoiceCounts, countChoices } from '@/components/stock/choice-counts';
import type { StockFilters, StockLot } from '@/lib/stock/schema';

/** The counts beside the filters' choices. Those of a new filter come just after the list it draws: a keystroke waits for the list alone. */
export function useChoiceCounts(
  lots: readonly StockLot[] | null,
  filters: StockFilters,
  fromServer: ChoiceCounts,
): ChoiceCounts {
  const [counts, setCounts] = useState(fromServer);
  useEffect(() => {
    if (!lots) return;
    const timer = setTimeout(() => setCounts(countChoices(lots, filters)));
    return () => clearTimeout(timer);
  }, [lots, filters]);
  return counts;
}
