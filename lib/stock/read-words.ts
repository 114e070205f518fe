import { nameKey } from '@/lib/core/normalise';
import type { Delivery } from './schema';

/** « T3 » of a lot whose rooms are known, else its dwelling type in Koban. */
export function typologyOf(rooms: number | null, kind: string | null): string | null {
  return rooms === null || rooms < 1 ? kind : `T${rooms}`;
}

const POINTS: [RegExp, string][] = [
  [/nord|north/g, 'N'],
  [/sud|south/g, 'S'],
  [/ouest|west|w/g, 'O'],
  [/est|east/g, 'E'],
];

/** An exposure in French initials: « Sud-Ouest », « S.O. », « SW » are `SO`; other words are kept as they are. */
export function normaliseExposure(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const letters = POINTS.reduce((words, [pattern, point]) => words.replace(pattern, point), nameKey(typed));
  const points = letters.toUpperCase().replace(/[\s]+/g, '');
  return /^[NSEO]{1,4}$/.test(points) ? points : typed;
}

const MONTHS = 'janv fevr mars avri mai juin juil aout sept octo nove dece'.split(' ');

/** When a building is handed over: « T3 2028 », « 3e trimestre 2028 », « 2028-Q3 », « 15/09/2028 », « sept. 2028 », « 2028 ». */
export function parseDelivery(text: string): Delivery | null {
  const words = nameKey(text);
  const year = Number(/\b(20\d\d)\b|(20\d\d)/.exec(words)?.[0] ?? 0);
  if (year === 0) return null;
  const rest = words.replace(String(year), ' ').trim();
  const quarter = /(?:^|\s)[tq] ?([1-4])\b|\b([1-4]) ?(?:er|e|eme)? ?(?:t\b|trim)/.exec(rest);
  if (quarter) return { year, quarter: quarterOf(Number(quarter[1] ?? quarter[2]) * 3) };
  const named = MONTHS.findIndex((month) =>
    rest.split(' ').some((word) => word.length > 2 && (word.startsWith(month) || month.startsWith(word))),
  );
  const numbered = /^(?:\d{1,2} )?(\d{1,2})$/.exec(
    /^20\d\d \d{2} \d{2}/.test(words) ? rest.slice(0, 2) : rest,
  )?.[1];
  const month = named >= 0 ? named + 1 : Number(numbered ?? 0);
  return { year, quarter: month >= 1 && month <= 12 ? quarterOf(month) : null };
}

function quarterOf(month: number): Delivery['quarter'] {
  return month <= 3 ? 1 : month <= 6 ? 2 : month <= 9 ? 3 : 4;
}
