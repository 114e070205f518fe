import { formatArea, formatCount } from '@/components/stock/format';
import type { Locale } from '@/lib/core/locale';
import { formatCents } from '@/lib/core/money';
import { formatDay } from '@/lib/core/paris';
import type { StockExtra } from '@/lib/stock/schema';

/** A custom field's value in the reader's words: areas in square metres, money in cents, dates as `YYYY-MM-DD`. */
export function extraText(extra: StockExtra, yesNo: (value: boolean) => string, locale: Locale): string {
  const { type, value } = extra;
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'string') {
    const day = type === 'date' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
    // Noon, so that the day is the same in every zone of Europe.
    return day ? formatDay(new Date(`${value}T12:00:00Z`), locale) : value;
  }
  if (type === 'area') return formatArea(value, locale);
  if (type === 'money') return formatCents(value, locale);
  return Number.isInteger(value) ? formatCount(value, locale) : String(value);
}
