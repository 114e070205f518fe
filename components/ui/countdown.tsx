'use client';

import { useSyncExternalStore } from 'react';
import { cx } from '@/components/ui/cx';

/** Sentences with `{days}`, `{hours}`, `{minutes}` in them; lib/i18n/countdown.ts makes them. */
export interface CountdownTemplates {
  days: string;
  hours: string;
  minutes: string;
  lastMinute: string;
  over: string;
}

const minute = 60_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

// One clock for every countdown of the page, stopped when none is shown.
function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Whole minutes left, 0 in the last one, -1 once it is over. Instants in milliseconds. */
export function minutesLeft(until: number, now: number): number {
  return until <= now ? -1 : Math.floor((until - now) / minute);
}

/** The words for so many minutes left. */
export function countdownText(left: number, templates: CountdownTemplates): string {
  if (left < 0) return templates.over;
  if (left === 0) return templates.lastMinute;
  const days = Math.floor(left / 1440);
  const hours = Math.floor(left / 60) % 24;
  if (days > 0) return templates.days.replace('{days}', String(days)).replace('{hours}', String(hours));
  if (hours > 0) {
    const minutes = String(left % 60).padStart(2, '0');
    return templates.hours.replace('{hours}', String(hours)).replace('{minutes}', minutes);
  }
  return templates.minutes.replace('{minutes}', String(left));
}

export interface CountdownProps {
  /** The instant it runs to, in milliseconds. */
  until: number;
  /** The server's clock when it drew the page, in milliseconds, so that both first paints agree. */
  now: number;
  templates: CountdownTemplates;
  /** Beside the countdown: the exact half hour, « ven. 09:00 ». */
  exact?: string;
  /** In place of `exact` in the last minutes: « expire au plus tard à 14:30 ». */
  late?: { minutes: number; exact: string };
  /** When given, a bar shows how much of the time from here to `until` is gone. */
  from?: number;
  /** From so many minutes before the end it takes the colour of what needs care; two hours, half a morning's work. */
  urgentMinutes?: number;
}

export function Countdown({ until, now, templates, exact, late, from, urgentMinutes = 120 }: CountdownProps) {
  const left = useSyncExternalStore(
    subscribe,
    () => minutesLeft(until, Date.now()),
    () => minutesLeft(until, now),
  );
  const urgent = left < urgentMinutes;
  const beside = late && left >= 0 && left < late.minutes ? late.exact : exact;
  const gone = from === undefined ? 0 : 1 - (Math.max(left, 0) * minute) / Math.max(until - from, minute);
  return (
    <span className="block">
      <time dateTime={new Date(until).toISOString()} className={cx('font-[650]', urgent && 'text-accent')}>
        {countdownText(left, templates)}
      </time>
      {beside !== undefined && <span className="whitespace-nowrap text-ink-2"> · {beside}</span>}
      {from !== undefined && (
        <span aria-hidden="true" className="mt-1.5 block h-[5px] overflow-hidden rounded-full bg-line">
          <span
            className={cx('block h-full rounded-full', urgent ? 'bg-accent' : 'bg-option')}
            style={{ width: `${Math.round(Math.min(Math.max(gone, 0), 1) * 100)}%` }}
          />
        </span>
      )}
    </span>
  );
}
