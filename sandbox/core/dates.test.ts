import { expect, test } from 'vitest';
import { halfHourNotBefore } from './clock';
import { fromParis, parisIso } from './dates';

test('instants are written as Paris wall time, in winter and in summer', () => {
  expect(parisIso(Date.parse('2026-01-15T12:30:05.007Z'))).toBe('2026-01-15T13:30:05.007');
  expect(parisIso(Date.parse('2026-07-15T22:30:00Z'))).toBe('2026-07-16T00:30:00.000');
  expect(parisIso(Date.parse('2026-03-29T00:59:59.999Z'))).toBe('2026-03-29T01:59:59.999');
  expect(parisIso(Date.parse('2026-03-29T01:00:00Z'))).toBe('2026-03-29T03:00:00.000');
});

test('Paris wall time is read back, on both sides of a change of clocks', () => {
  for (const wall of ['2026-01-15T13:30', '2026-03-29T01:59', '2026-03-29T03:00', '2026-10-25T03:00'])
    expect(parisIso(fromParis(wall) ?? 0)).toBe(`${wall}:00.000`);
  expect(fromParis('soon')).toBeNull();
});

test('the half hour not before an instant is itself when it falls on one', () => {
  const at = (text: string): string => new Date(halfHourNotBefore(Date.parse(text))).toISOString();
  expect(at('2026-06-15T09:00:00Z')).toBe('2026-06-15T09:00:00.000Z');
  expect(at('2026-06-15T09:00:00.001Z')).toBe('2026-06-15T09:30:00.000Z');
  expect(at('2026-06-15T09:30:00.001Z')).toBe('2026-06-15T10:00:00.000Z');
});
