import { describe, expect, it } from 'vitest';
import { countdownText, minutesLeft } from '@/components/ui/countdown';

const templates = {
  days: '{days} j {hours} h',
  hours: '{hours} h {minutes} min',
  minutes: '{minutes} min',
  lastMinute: 'moins d’une minute',
  over: 'échue',
};
const noon = Date.UTC(2026, 10, 26, 12);
const text = (ahead: number) => countdownText(minutesLeft(noon + ahead, noon), templates);

describe('a countdown', () => {
  it.each([
    [66 * 3_600_000, '2 j 18 h'],
    [24 * 3_600_000, '1 j 0 h'],
    [24 * 3_600_000 - 1, '23 h 59 min'],
    [118 * 60_000, '1 h 58 min'],
    [65 * 60_000, '1 h 05 min'],
    [59 * 60_000, '59 min'],
    [60_000, '1 min'],
    [59_999, 'moins d’une minute'],
    [1, 'moins d’une minute'],
    [0, 'échue'],
    [-1, 'échue'],
  ])('%i ms before the end says « %s »', (ahead, words) => {
    expect(text(ahead)).toBe(words);
  });
});
