import { formatUntil } from '@/components/stock/format';
import type { Locale } from '@/lib/core/locale';
import { formatMinute, parisParts } from '@/lib/core/paris';

/** The exact half hour at which an option ends: « 16:30 » today, « ven. 09:00 » within the week, the date beyond; in Paris. */
export function exactEnd(end: Date, now: Date, locale: Locale): string {
  const [one, other] = [parisParts(end), parisParts(now)];
  const today = one.year === other.year && one.month === other.month && one.day === other.day;
  return today ? formatMinute(end, locale) : formatUntil(end, now, locale);
}
