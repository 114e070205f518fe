import { NO_FILTERS, type StockFilters } from '@/lib/stock/schema';

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
