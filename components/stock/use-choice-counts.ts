import { useEffect, useState } from 'react';
import { type ChoiceCounts, countChoices } from '@/components/stock/choice-counts';
import type { StockFilters, StockLot } from '@/lib/stock/schema';

// Shorter than one notices, longer than the gap between two keys of a fast typist.
const PAUSE_MS = 150;

/** The counts beside the filters' choices. They follow when the typing pauses: a keystroke waits for the list alone. */
export function useChoiceCounts(
  lots: readonly StockLot[] | null,
  filters: StockFilters,
  fromServer: ChoiceCounts,
): ChoiceCounts {
  const [counts, setCounts] = useState(fromServer);
  useEffect(() => {
    if (!lots) return;
    const timer = setTimeout(() => setCounts(countChoices(lots, filters)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [lots, filters]);
  return counts;
}
