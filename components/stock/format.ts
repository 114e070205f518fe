import { intlTag, type Locale } from '@/lib/core/locale';
import { formatShort } from '@/lib/core/paris';

const DAY_MS = 86_400_000;

/** Makes a formatter of each language once: `Intl` objects are dear to make. */
function perLocale<F>(make: (tag: string) => F): (locale: Locale) => F {
  const made = new Map<Locale, F>();
  return (locale) => {
    const known = made.get(locale) ?? make(intlTag(locale));
    made.set(locale, known);
    return known;
  };
}

const exactAreas = perLocale(
  (tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);
const wholeNumbers = perLocale((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));
const nearDays = perLocale(
  (tag) =>
    new Intl.DateTimeFormat(tag, {
      timeZone: 'Europe/Paris',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
);

/** « 84,20 m² ». Square metres. */
export function formatArea(area: number, locale: Locale): string {
  return `${exactAreas(locale).format(area)}\u00a0m²`;
}

/** « 84 m² », where room is short. Square metres. */
export function formatWholeArea(area: number, locale: Locale): string {
  return `${wholeNumbers(locale).format(area)}\u00a0m²`;
}

/** « 46 », « 1 200 ». */
export function formatCount(count: number, locale: Locale): string {
  return wholeNumbers(locale).format(count);
}

/** « jeu. 14:30 » within the week, « jeu. 26 nov. à 14:30 » beyond, in Paris. */
export function formatUntil(instant: Date, now: Date, locale: Locale): string {
  const away = instant.getTime() - now.getTime();
  if (away < 0 || away > 6 * DAY_MS) return formatShort(instant, locale);
  return nearDays(locale).format(instant).replace(',', '');
}

const rates = perLocale((tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }));

/** « 6,5 % » of a percentage. */
export function formatRate(percentage: number, locale: Locale): string {
  return rates(locale).format(percentage / 100);
}
