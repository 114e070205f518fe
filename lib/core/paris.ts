import { intlTag, type Locale } from './locale';

const ZONE = 'Europe/Paris';
const DAY_MS = 86_400_000;

/** A wall-clock reading; `month` runs from 1 to 12. */
export type WallClock = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
};

const wallClock = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** What a clock on a wall in Paris shows at this instant. */
export function parisParts(instant: Date): WallClock {
  const read: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of wallClock.formatToParts(instant)) read[part.type] = Number(part.value);
  return {
    year: read.year ?? 0,
    month: read.month ?? 0,
    day: read.day ?? 0,
    hour: read.hour ?? 0,
    minute: read.minute ?? 0,
    second: read.second ?? 0,
    millisecond: instant.getUTCMilliseconds(),
  };
}

/**
 * The instant at which a clock in Paris shows this reading.
 * In the spring gap the reading does not exist: it is moved forward by the hour that is skipped (02:30 → 03:30).
 * In the autumn overlap it comes twice: the first is taken.
 */
export function instantFromParis(wall: WallClock): Date {
  const asUtc = Date.UTC(
    wall.year,
    wall.month - 1,
    wall.day,
    wall.hour,
    wall.minute,
    wall.second,
    wall.millisecond,
  );
  // Paris changes its offset at most once in two days, so these two are the only candidates.
  const before = parisOffset(asUtc - DAY_MS);
  const after = parisOffset(asUtc + DAY_MS);
  const candidates = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)];
  const found = candidates.find((instant) => instant + parisOffset(instant) === asUtc);
  return new Date(found ?? asUtc - before);
}

const HOUR_MS = 3_600_000;
const MOST_HOURS = 20_000;
const offsets = new Map<number, number>();

/** Paris has changed its offset on whole hours only since 1911: one reading serves its hour. A stock's dates would take seconds else. */
function parisOffset(instant: number): number {
  const hour = Math.floor(instant / HOUR_MS) * HOUR_MS;
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_HOURS) offsets.clear();
  const read = readOffset(hour);
  offsets.set(hour, read);
  return read;
}

function readOffset(instant: number): number {
  const wall = parisParts(new Date(instant));
  const asUtc = Date.UTC(
    wall.year,
    wall.month - 1,
    wall.day,
    wall.hour,
    wall.minute,
    wall.second,
    wall.millisecond,
  );
  return asUtc - instant;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(instant: Date, locale: Locale, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale}/${name}`;
  const known = formatters.get(key);
  if (known) return known.format(instant);
  const made = new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone: ZONE, hourCycle: 'h23' });
  formatters.set(key, made);
  return made.format(instant);
}

/** « 14:32:07 », in Paris. */
export function formatTime(instant: Date, locale: Locale): string {
  return format(instant, locale, 'time', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** « 14:32 », in Paris. */
export function formatMinute(instant: Date, locale: Locale): string {
  return format(instant, locale, 'minute', { hour: '2-digit', minute: '2-digit' });
}

const AT: Record<Locale, string> = { fr: 'à', en: 'at' };

/** « jeu. 26 nov. à 14:30 », « Thu 26 Nov at 14:30 », in Paris. */
export function formatShort(instant: Date, locale: Locale): string {
  const day = format(instant, locale, 'short', { weekday: 'short', day: 'numeric', month: 'short' });
  return `${day.replace(',', '')} ${AT[locale]} ${formatMinute(instant, locale)}`;
}

/** « 26 novembre 2026 », in Paris. */
export function formatDay(instant: Date, locale: Locale): string {
  return format(instant, locale, 'day', { day: 'numeric', month: 'long', year: 'numeric' });
}
