import { parisParts } from './paris';

/** A calendar day in Paris, `YYYY-MM-DD`: compared as text. */
export type Day = string;

const text = (year: number, month: number, day: number): Day =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');

/** The day that a calendar in Paris shows at this instant. */
export function parisDay(instant: Date): Day {
  const { year, month, day } = parisParts(instant);
  return text(year, month, day);
}

/** Year, month (from 1) and day; null when no calendar has such a day. */
export function readDay(typed: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const last = lastDay(year, month);
  return month >= 1 && month <= 12 && day >= 1 && day <= last ? { year, month, day } : null;
}

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same day so many months later; the last of the month where there is none (29 February, 31 March). */
export function addMonths(day: Day, months: number): Day {
  const read = readDay(day);
  if (!read) throw new RangeError('Not a day');
  const count = read.year * 12 + read.month - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return text(year, month, Math.min(read.day, lastDay(year, month)));
}
