import { expect, it } from 'vitest';
import { clockStanding } from './clock-skew';

it.each([
  [null, 'unheard'],
  [0, 'exact'],
  [5_000, 'exact'],
  [5_001, 'adrift'],
  [-5_001, 'adrift'],
] as const)('a skew of %s ms is %s', (skewMs, standing) => {
  expect(clockStanding(skewMs)).toBe(standing);
});
