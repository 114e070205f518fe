import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { NO_FILTERS, type StockFilters } from '@/lib/stock/schema';

const keyOf = (promoter: string, code: string) => ['filters', promoter, code];

/** Keeps a programme's filters while the reader looks at one of its lots: « previous » and « next » follow them. */
export function useRememberFilters(promoter: string, code: string, filters: StockFilters) {
  const client = useQueryClient();
  useEffect(() => {
    client.setQueryData(keyOf(promoter, code), filters);
  }, [client, promoter, code, filters]);
}

/** The filters that the reader last had on this programme; none after a reload. */
export function useRememberedFilters(promoter: string, code: string): StockFilters {
  return useQueryClient().getQueryData<StockFilters>(keyOf(promoter, code)) ?? NO_FILTERS;
}
