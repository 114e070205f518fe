import { describe, expect, it } from 'vitest';
import { aLot } from '@/components/stock/testing';
import { groundOf, hasMoved } from './moved-ground';

const ground = (optionRank: 0 | 1 | 2 | null, statusCode = 'LIBRE') =>
  groundOf(aLot({ label: 'A', optionRank, statusCode }));

describe('the ground under an option that is being asked for', () => {
  it('moves with the lot’s status, and when the lot goes', () => {
    expect(hasMoved(ground(0), ground(0, 'PRERESV'), 1)).toBe(true);
    expect(hasMoved(ground(0), groundOf(undefined), 1)).toBe(true);
    expect(hasMoved(ground(0), ground(0), 1)).toBe(false);
  });

  it('moves when somebody takes the rank that was granted, or gives one back', () => {
    expect(hasMoved(ground(0), ground(1), 1)).toBe(true);
    expect(hasMoved(ground(1), ground(2), 2)).toBe(true);
    expect(hasMoved(ground(1), ground(0), 2)).toBe(true);
    expect(hasMoved(ground(2), ground(1), null)).toBe(true);
  });

  it('does not move by what the answer itself taught the stock', () => {
    expect(hasMoved(ground(null), ground(0), 1)).toBe(false);
    expect(hasMoved(ground(0), ground(1), 2)).toBe(false);
    expect(hasMoved(ground(1), ground(2), null)).toBe(false);
    expect(hasMoved(ground(0), ground(null), 1)).toBe(false);
    expect(hasMoved(ground(0), ground(null, 'OPTION'), 2)).toBe(false);
    expect(hasMoved(ground(1), ground(1, 'OPTION'), 2)).toBe(false);
    expect(hasMoved(ground(1, 'OPTION'), ground(0), 1)).toBe(false);
  });

  it('moves with a status that says otherwise than the answer', () => {
    expect(hasMoved(ground(0), ground(1, 'OPTION'), 1)).toBe(true);
    expect(hasMoved(ground(0), ground(2, 'OPTION'), 2)).toBe(true);
    expect(hasMoved(ground(1, 'OPTION'), ground(0), 2)).toBe(true);
    expect(hasMoved(ground(2, 'OPTION'), ground(null), null)).toBe(true);
    expect(hasMoved(ground(1, 'OPTION'), ground(1, 'RESV'), 2)).toBe(true);
  });
});
