import { expect, it } from 'vitest';
import { addMonths, parisDay, readDay } from './days';

it('knows the days of the calendar, in Paris', () => {
  expect(parisDay(new Date('2026-11-23T23:30:00Z'))).toBe('2026-11-24');
  expect(parisDay(new Date('2026-06-30T21:59:59Z'))).toBe('2026-06-30');
  expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
  expect(addMonths('2026-01-31', 12)).toBe('2027-01-31');
  expect(readDay('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 });
  for (const none of ['2027-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '26-04-01', '']) {
    expect(readDay(none)).toBeNull();
  }
});
