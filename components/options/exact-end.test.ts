import { describe, expect, it } from 'vitest';
import { exactEnd } from './exact-end';

describe('the end of an option', () => {
  const now = new Date('2026-11-26T13:32:00Z');
  it.each([
    ['2026-11-26T15:30:00Z', '16:30'],
    // Half past midnight in Paris is tomorrow, though today in UTC.
    ['2026-11-26T23:30:00Z', 'ven. 00:30'],
    ['2026-11-30T17:00:00Z', 'lun. 18:00'],
    ['2026-12-10T08:00:00Z', 'jeu. 10 déc. à 09:00'],
  ])('%s is « %s »', (end, words) => expect(exactEnd(new Date(end), now, 'fr')).toBe(words));
});
