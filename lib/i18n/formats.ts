import type { Formats } from 'next-intl';

/** Named shapes for dates in messages (`{at, date, day}`) and for `useFormatter`; the zone is Europe/Paris. */
export const formats = {
  dateTime: {
    clock: { hour: '2-digit', minute: '2-digit' },
    clockSeconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
    day: { day: '2-digit', month: '2-digit', year: 'numeric' },
    dayShort: { weekday: 'short', day: 'numeric', month: 'short' },
    dayLong: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    dayClock: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    full: { dateStyle: 'long', timeStyle: 'medium' },
  },
  number: {
    integer: { maximumFractionDigits: 0 },
    percent: { style: 'percent', maximumFractionDigits: 2 },
  },
} satisfies Formats;
