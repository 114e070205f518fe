import { expect, it } from 'vitest';
import { fixedClock, systemClock } from './clock';

it('stands still until moved, and cannot be moved through what it returned', () => {
  const clock = fixedClock(new Date('2026-11-26T13:30:00Z'));
  clock.now().setFullYear(1999);
  expect(clock.now().toISOString()).toBe('2026-11-26T13:30:00.000Z');
  clock.advance(1500);
  expect(clock.now().toISOString()).toBe('2026-11-26T13:30:01.500Z');
  clock.set(new Date('2027-01-01T00:00:00Z'));
  expect(clock.now().toISOString()).toBe('2027-01-01T00:00:00.000Z');
});

it('reads the machine', () => {
  const before = Date.now();
  const read = systemClock.now().getTime();
  expect(read >= before && read <= Date.now()).toBe(true);
});
