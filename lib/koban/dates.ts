import { instantFromWallClock, PLAUSIBLE_YEARS } from './assumptions';

/** The spellings of a date met on Koban's wire. */
export type DateShape = 'iso-local' | 'iso-zoned' | 'unix-seconds' | 'unix-ms' | 'dotnet' | 'dd/mm/yyyy';

/** A date read from Koban, or why there is none. */
export type KobanDate =
  | { date: Date; shape: DateShape }
  | { date: null; why: 'empty' | 'implausible' | 'unreadable'; shape: DateShape | null };

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const FRENCH = /^(\d{2})\/(\d{2})\/(\d{4})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/;
const DOTNET = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
const YEAR_ONE_MS = -62_135_596_800_000;
// 1e11 seconds is the year 5138, 1e11 milliseconds is 1973: no plausible date is ambiguous.
const SECONDS_BELOW = 1e11;

/**
 * Reads a date as Koban spells it: ISO without a zone (Paris wall time), ISO with one, UNIX seconds or milliseconds as number
 * or text, `/Date(ms)/`, `DD/MM/YYYY`. Koban's "none" (0, year 1) is empty; what is outside plausible years is no date.
 */
export function readKobanDate(raw: unknown): KobanDate {
  if (raw === null || raw === undefined) return empty(null);
  if (typeof raw === 'number') return fromNumber(raw);
  if (typeof raw !== 'string') return { date: null, why: 'unreadable', shape: null };
  const text = raw.trim();
  if (text === '') return empty(null);
  if (NUMBER.test(text)) return fromNumber(Number(text.replace(',', '.')));
  const dotnet = DOTNET.exec(text);
  if (dotnet) return plausible(Number(dotnet[1]), 'dotnet');
  const iso = ISO.exec(text);
  if (iso) return fromIso(iso);
  const french = FRENCH.exec(text);
  if (french) {
    const [, day, month, year, hour, minute, second] = french;
    return fromWall([year, month, day, hour, minute, second], undefined, 'dd/mm/yyyy');
  }
  return { date: null, why: 'unreadable', shape: null };
}

/** The instant that Koban's spelling names, null for none, absent or implausible. */
export function kobanDate(raw: unknown): Date | null {
  return readKobanDate(raw).date;
}

/** Whole UNIX seconds, as `updated`, `DateOption` and `DateProlongation` are sent. */
export function unixSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

function empty(shape: DateShape | null): KobanDate {
  return { date: null, why: 'empty', shape };
}

function fromNumber(value: number): KobanDate {
  if (!Number.isFinite(value)) return { date: null, why: 'unreadable', shape: null };
  const seconds = Math.abs(value) < SECONDS_BELOW;
  return plausible(Math.round(seconds ? value * 1000 : value), seconds ? 'unix-seconds' : 'unix-ms');
}

function fromIso(match: RegExpExecArray): KobanDate {
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const wall = [year, month, day, hour, minute, second];
  if (!zone) return fromWall(wall, fraction, 'iso-local');
  const checked = wallClock(wall, fraction);
  if (!checked) return { date: null, why: 'unreadable', shape: 'iso-zoned' };
  const { year: y, month: m, day: d } = checked;
  const utc = Date.UTC(y, m - 1, d, checked.hour, checked.minute, checked.second, checked.millisecond);
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  return y < 100 ? empty('iso-zoned') : plausible(utc - zoneOffset(zone), 'iso-zoned');
}

function zoneOffset(zone: string): number {
  if (/z/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function fromWall(parts: (string | undefined)[], fraction: string | undefined, shape: DateShape): KobanDate {
  const wall = wallClock(parts, fraction);
  if (!wall) return { date: null, why: 'unreadable', shape };
  if (wall.year === 1) return empty(shape);
  if (wall.year < 100) return { date: null, why: 'implausible', shape };
  return plausible(instantFromWallClock(wall).getTime(), shape);
}

function wallClock(parts: (string | undefined)[], fraction = '') {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const real = new Date(Date.UTC(year, month - 1, day));
  const exists = year < 100 || (real.getUTCMonth() === month - 1 && real.getUTCDate() === day);
  if (!exists || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return null;
  return { year, month, day, hour, minute, second, millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)) };
}

function plausible(ms: number, shape: DateShape): KobanDate {
  if (ms === 0 || ms === YEAR_ONE_MS) return empty(shape);
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year >= PLAUSIBLE_YEARS.first && year <= PLAUSIBLE_YEARS.last
    ? { date, shape }
    : { date: null, why: 'implausible', shape };
}
