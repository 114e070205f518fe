'use client';

import { throttle, useQueryStates } from 'nuqs';
import { filterParsers } from '@/components/stock/filter-params';
import { FILTER_URL_KEYS, NO_FILTERS, type StockFilters } from '@/lib/stock/schema';

// Safari refuses more than about a hundred address changes in thirty seconds.
const urlPace = throttle(300);

/** The filters in the URL: changed at once in memory, a little later in the address, never asking the server. */
export function useFilters() {
  const [filters, patch] = useQueryStates(filterParsers, {
    urlKeys: FILTER_URL_KEYS,
    history: 'replace',
    shallow: true,
    limitUrlUpdates: urlPace,
  });
  return { filters, patch: (change: Partial<StockFilters>) => void patch(change) };
}

export type PatchFilters = ReturnType<typeof useFilters>['patch'];

/** Whether anything but the order narrows the list. */
export function isFiltered(filters: StockFilters): boolean {
  const { sort: _, ...narrowing } = filters;
  return Object.entries(narrowing).some(([key, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== NO_FILTERS[key as keyof typeof narrowing],
  );
}

/** The same list with `value` in it if it was not, without it if it was. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
