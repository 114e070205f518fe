import { describe, expect, it } from 'vitest';
import { addDays, isSiren, standingOf } from './rules';

describe('a SIREN', () => {
  it.each(['812345676', '790123459', '834567893', '732829320'])('%s is one', (digits) => {
    expect(isSiren(digits)).toBe(true);
  });
  it.each(['812345677', '81234567', '8123456760', '81234567a', '', '123456789'])('%s is none', (typed) => {
    expect(isSiren(typed)).toBe(false);
  });
});

describe('a convention', () => {
  const terms = { suspendedAt: null, validFrom: null, validUntil: null };
  it.each([
    [{}, 'valid'],
    [{ suspendedAt: new Date() }, 'suspended'],
    [{ suspendedAt: new Date(), validUntil: '2026-11-01' }, 'suspended'],
    [{ validUntil: '2026-11-23' }, 'ended'],
    [{ validUntil: '2026-11-24' }, 'ending'],
    [{ validUntil: '2026-12-24' }, 'ending'],
    [{ validUntil: '2026-12-25' }, 'valid'],
    [{ validFrom: '2026-11-24' }, 'valid'],
    [{ validFrom: '2026-11-25' }, 'coming'],
  ] as const)('with %j is %s on 24 November', (change, standing) => {
    expect(standingOf({ ...terms, ...change }, '2026-11-24')).toBe(standing);
  });
  it('counts days over the change of the clocks', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
  });
});
