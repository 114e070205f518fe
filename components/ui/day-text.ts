import type { Locale } from '@/lib/core/locale';
import { formatDay } from '@/lib/core/paris';

/** « 26 novembre 2026 » of a day as the database writes it. Noon in Greenwich is the same day in Paris. */
export const dayText = (day: string, locale: Locale): string =>
  formatDay(new Date(`${day}T12:00:00Z`), locale);
