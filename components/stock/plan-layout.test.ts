import { describe, expect, it } from 'vitest';
import { type PlanStair, planOf, planStep } from './plan-layout';
import { aLot } from './testing';

const drawn = (stairs: PlanStair[]) =>
  stairs.map(({ stair, columns, rows }) => ({
    stair,
    columns,
    rows: rows.map(({ floor, cells }) => [
      floor,
      ...cells.map(({ lot, column }) => `${lot.label}@${column}`),
    ]),
  }));

describe('planOf', () => {
  it('puts the highest floor first, lots in their places, and keeps the empty places of a landing', () => {
    const lots = [
      aLot({ label: 'L003', floor: 0, position: 3 }),
      aLot({ label: 'L001', floor: 0, position: 1 }),
      aLot({ label: 'L102', floor: 1, position: 2 }),
      aLot({ label: 'P-1', floor: -1, position: 1 }),
    ];
    expect(drawn(planOf(lots))).toEqual([
      {
        stair: null,
        columns: 3,
        rows: [
          [1, 'L102@1'],
          [0, 'L001@0', 'L003@2'],
          [-1, 'P-1@0'],
        ],
      },
    ]);
  });

  it('takes positions that number the whole building, or that repeat, for an order only', () => {
    const building = [
      aLot({ label: 'B', floor: 2, position: 41 }),
      aLot({ label: 'A', floor: 2, position: 40 }),
    ];
    expect(drawn(planOf(building))[0]?.rows).toEqual([[2, 'A@0', 'B@1']]);
    const twins = [aLot({ label: 'B', floor: 2, position: 1 }), aLot({ label: 'A', floor: 2, position: 1 })];
    expect(drawn(planOf(twins))[0]?.rows).toEqual([[2, 'A@0', 'B@1']]);
  });

  it('draws one building per stair, in order, and a last row for lots without a floor', () => {
    const lots = [
      aLot({ label: 'B001', stair: 'B', floor: 0, position: 1 }),
      aLot({ label: 'A10', stair: 'A', floor: null, position: null }),
      aLot({ label: 'A9', stair: 'A', floor: null, position: null }),
      aLot({ label: 'A001', stair: 'A', floor: 0, position: 1 }),
    ];
    expect(drawn(planOf(lots))).toEqual([
      {
        stair: 'A',
        columns: 2,
        rows: [
          [0, 'A001@0'],
          [null, 'A9@0', 'A10@1'],
        ],
      },
      { stair: 'B', columns: 1, rows: [[0, 'B001@0']] },
    ]);
  });
});

describe('planStep', () => {
  const [stair] = planOf([
    aLot({ label: 'L201', floor: 2, position: 1 }),
    aLot({ label: 'L203', floor: 2, position: 3 }),
    aLot({ label: 'L101', floor: 1, position: 1 }),
    aLot({ label: 'L102', floor: 1, position: 2 }),
    aLot({ label: 'L103', floor: 1, position: 3 }),
  ]);
  const step = (from: string, key: string) => planStep(stair?.rows ?? [], from, key)?.label ?? null;

  it('passes over empty places and stops at the ends', () => {
    expect(step('L201', 'ArrowRight')).toBe('L203');
    expect(step('L203', 'ArrowRight')).toBeNull();
    expect(step('L103', 'Home')).toBe('L101');
    expect(step('L101', 'End')).toBe('L103');
  });

  it('goes to the nearest column of the next floor', () => {
    expect(step('L203', 'ArrowDown')).toBe('L103');
    expect(step('L103', 'ArrowUp')).toBe('L203');
    expect(step('L102', 'ArrowUp')).toBe('L201');
    expect(step('L201', 'ArrowUp')).toBeNull();
    expect(step('L102', 'PageUp')).toBe('L201');
  });

  it('leaves other keys alone', () => {
    expect(step('L101', 'Enter')).toBeNull();
  });
});
