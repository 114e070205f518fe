import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, formatShort, formatTime, instantFromParis, parisParts } from './paris';

const at = (year: number, month: number, day: number, hour: number, minute: number) =>
  instantFromParis({ year, month, day, hour, minute, second: 0, millisecond: 0 }).toISOString();

describe('instantFromParis', () => {
  it('follows winter and summer time', () => {
    expect(at(2026, 11, 26, 14, 30)).toBe('2026-11-26T13:30:00.000Z');
    expect(at(2026, 7, 14, 14, 30)).toBe('2026-07-14T12:30:00.000Z');
  });

  it('moves a reading of the spring gap forward', () => {
    expect(at(2026, 3, 29, 1, 59)).toBe('2026-03-29T00:59:00.000Z');
    expect(at(2026, 3, 29, 2, 30)).toBe('2026-03-29T01:30:00.000Z');
    expect(parisParts(new Date(at(2026, 3, 29, 2, 30)))).toMatchObject({ hour: 3, minute: 30 });
    expect(at(2026, 3, 29, 3, 0)).toBe('2026-03-29T01:00:00.000Z');
  });

  it('takes the first of the two readings of the autumn overlap', () => {
    expect(at(2026, 10, 25, 1, 59)).toBe('2026-10-24T23:59:00.000Z');
    expect(at(2026, 10, 25, 2, 30)).toBe('2026-10-25T00:30:00.000Z');
    expect(at(2026, 10, 25, 3, 0)).toBe('2026-10-25T02:00:00.000Z');
  });

  it('is the inverse of parisParts outside the overlap', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (instant) => {
          const back = instantFromParis(parisParts(instant)).getTime();
          expect([0, 3_600_000]).toContain(instant.getTime() - back);
          expect(parisParts(new Date(back))).toEqual(parisParts(instant));
        },
      ),
    );
  });
});

describe('formats', () => {
  const instant = new Date('2026-11-26T13:30:07.000Z');

  it('shows Paris in French and in English', () => {
    expect(formatTime(instant, 'fr')).toBe('14:30:07');
    expect(formatTime(instant, 'en')).toBe('14:30:07');
    expect(formatShort(instant, 'fr')).toBe('jeu. 26 nov. à 14:30');
    expect(formatShort(instant, 'en')).toBe('Thu 26 Nov at 14:30');
    expect(formatDay(instant, 'fr')).toBe('26 novembre 2026');
    expect(formatDay(instant, 'en')).toBe('26 November 2026');
  });

  it('shows midnight as 00, on the Parisian day', () => {
    const midnight = new Date('2026-06-30T22:00:00.000Z');
    expect(formatTime(midnight, 'en')).toBe('00:00:00');
    expect(formatDay(midnight, 'fr')).toBe('1 juillet 2026');
  });
});
