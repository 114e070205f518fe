import { describe, expect, it } from 'vitest';
import { depositCap, fundingOf, heldOn, vatRatesOn, vatWithin } from './rules';

const price = 35_250_099;

describe('the cap of a deposit', () => {
  it.each([
    ['the same day', '2026-11-24', 5, 12],
    ['one year to the day', '2027-11-24', 5, 12],
    ['a day more than a year', '2027-11-25', 2, 24],
    ['two years to the day', '2028-11-24', 2, 24],
    ['a day more than two years', '2028-11-25', 0, null],
  ])('%s', (_, deed, percent, withinMonths) => {
    const cap = depositCap(price, { signed: '2026-11-24', deed });
    expect(cap).toEqual({
      percent,
      withinMonths,
      capCents: Math.floor((price * percent) / 100),
      source: 'CCH, art. R261-28',
    });
  });

  it('rounds down to the cent, and counts a year from 29 February to the 28th', () => {
    expect(depositCap(99, { signed: '2028-02-29', deed: '2029-02-28' }).capCents).toBe(4);
    expect(depositCap(99, { signed: '2028-02-29', deed: '2029-03-01' }).percent).toBe(2);
  });

  it('is that of the law of its day', () => {
    const table = [
      { since: '2000-01-01', rate: 1 },
      { since: '2020-01-01', rate: 2 },
    ];
    expect(heldOn(table, '2019-12-31').rate).toBe(1);
    expect(heldOn(table, '2020-01-01').rate).toBe(2);
    expect(heldOn(table, '1990-01-01').rate).toBe(1);
  });
});

it('finds the tax within a price, and the rates of a day', () => {
  expect(vatWithin(120_000_00, 2000)).toBe(20_000_00);
  expect(vatWithin(105_500_00, 550)).toBe(5_500_00);
  expect(vatWithin(100, 2000)).toBe(17);
  expect(vatRatesOn('2026-11-24').map(({ code }) => code)).toEqual(['20', '10', '5.5']);
  expect(vatRatesOn('2013-12-31')).toEqual([]);
});

it('sums what is to pay and what pays for it', () => {
  const file = { price: 300_000_00, annexes: [15_000_00, null], means: [50_000_00, 200_000_00, null] };
  expect(fundingOf(file)).toEqual({
    totalCents: 315_000_00,
    fundedCents: 250_000_00,
    missingCents: 65_000_00,
  });
  expect(fundingOf({ price: null, annexes: [], means: [1] }).missingCents).toBe(-1);
});
