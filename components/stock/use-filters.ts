import { throttle, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { filterParsers } from '@/components/stock/filter-params';
import { FILTER_URL_KEYS, type StockFilters } from '@/lib/stock/schema';

// Safari refuses more than about a hundred address changes in thirty seconds.
const urlPace = throttle(300);

/** The filters in the URL: changed at once in memory, a little later in the address, never asking the server. */
export function useFilters() {
  const [filters, setFilters] = useQueryStates(filterParsers, {
    urlKeys: FILTER_URL_KEYS,
    history: 'replace',
    shallow: true,
    limitUrlUpdates: urlPace,
  });
  const patch = useCallback((change: Partial<StockFilters>) => void setFilters(change), [setFilters]);
  return { filters, patch };
}

export type PatchFilters = ReturnType<typeof useFilters>['patch'];
