import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centsFromEuros, eurosFromCents, formatCents, parseEuros, typedEuros } from './money';

describe('centsFromEuros', () => {
  it('keeps every cent of a decimal amount', () => {
    expect(centsFromEuros(352500)).toBe(35_250_000);
    expect(centsFromEuros(1.005)).toBe(101);
    expect(centsFromEuros(0.29)).toBe(29);
    expect(centsFromEuros(1e-7)).toBe(0);
    expect(centsFromEuros('352500.5')).toBe(35_250_050);
    expect(centsFromEuros('352 500,50')).toBe(35_250_050);
  });

  it('refuses what is no price', () => {
    for (const bad of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -1,
      1e21,
      Number.MAX_SAFE_INTEGER,
      '',
      'abc',
      '-3',
      '1e3',
    ]) {
      expect(centsFromEuros(bad)).toBeNull();
    }
  });

  it('is the inverse of eurosFromCents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (cents) => {
        expect(centsFromEuros(eurosFromCents(cents))).toBe(cents);
      }),
    );
  });
});

describe('formatCents', () => {
  it('writes whole euros without decimals and never breaks', () => {
    expect(formatCents(35_250_000, 'fr')).toBe('352\u00a0500\u00a0€');
    expect(formatCents(35_250_050, 'fr')).toBe('352\u00a0500,50\u00a0€');
    expect(formatCents(35_250_000, 'en')).toBe('€352,500');
  });
});

describe('parseEuros', () => {
  it.each([
    ['352 500,50 €', 35_250_050],
    ['352\u00a0500\u00a0€', 35_250_000],
    ['352500', 35_250_000],
    ['352.500', 35_250_000],
    ['352,500', 35_250_000],
    ['352.500,5', 35_250_050],
    ['€352,500.50', 35_250_050],
    ['12,5', 1250],
    ['12.50 EUR', 1250],
    ['0', 0],
  ])('reads « %s »', (typed, cents) => expect(parseEuros(typed)).toBe(cents));

  it.each(['', '€', 'douze', '-5', '1,2,3', '1.23.456', '12,5555', '1e5', '3 lots'])(
    'refuses « %s »',
    (typed) => expect(parseEuros(typed)).toBeNull(),
  );

  it('reads back what formatCents writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000_000 }),
        fc.constantFrom('fr' as const, 'en' as const),
        (cents, locale) => {
          expect(parseEuros(formatCents(cents, locale))).toBe(cents);
        },
      ),
    );
  });
});

it('writes an amount as it would be typed, and reads it back', () => {
  expect(typedEuros(35_250_000)).toBe('352 500');
  expect(typedEuros(705_050)).toBe('7 050,50');
  fc.assert(
    fc.property(fc.nat(10_000_000_00), (cents) => {
      expect(parseEuros(typedEuros(cents))).toBe(cents);
    }),
  );
});
