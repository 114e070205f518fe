import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryBoundary, nearBoundary } from './half-hours';
import { parisParts } from './paris';

describe('expiryBoundary', () => {
  it('keeps an exact half hour and waits for the next one otherwise', () => {
    expect(expiryBoundary(new Date('2026-11-26T13:30:00.000Z')).toISOString()).toBe(
      '2026-11-26T13:30:00.000Z',
    );
    expect(expiryBoundary(new Date('2026-11-26T13:30:00.001Z')).toISOString()).toBe(
      '2026-11-26T14:00:00.000Z',
    );
  });

  it('falls on :00 or :30 in Paris, within half an hour, the nights of the clock change included', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-03-28'), max: new Date('2026-10-27'), noInvalidDate: true }),
        (date) => {
          const boundary = expiryBoundary(date);
          const wait = boundary.getTime() - date.getTime();
          expect(wait >= 0 && wait < 1_800_000).toBe(true);
          expect([0, 30]).toContain(parisParts(boundary).minute);
          expect(parisParts(boundary).second).toBe(0);
        },
      ),
    );
  });
});

describe('nearBoundary', () => {
  it.each([
    ['13:28:00', true],
    ['13:27:59', false],
    ['13:32:00', true],
    ['13:32:01', false],
    ['13:30:00', true],
    ['13:45:00', false],
  ])('%s within two minutes: %s', (time, near) => {
    expect(nearBoundary(new Date(`2026-11-26T${time}.000Z`), 2)).toBe(near);
  });
});
