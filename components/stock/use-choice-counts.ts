import { useEffect, useState } from 'react';
import { type ChoiceCounts, countingChoices } from '@/components/stock/choice-counts';
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
    const counting = countingChoices(lots, filters);
    const go = () => {
      const { done, value } = counting.next();
      if (done) setCounts(value);
      else timer = setTimeout(go);
    };
    let timer = setTimeout(go, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [lots, filters]);
  return counts;
}
