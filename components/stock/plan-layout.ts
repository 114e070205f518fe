import type { StockLot } from '@/lib/stock/schema';

/** A lot in its place on a landing; columns count from 0, and a landing may leave some empty. */
export type PlanCell = { lot: StockLot; column: number };

/** One landing, its cells from left to right. `floor` null gathers the lots without one. */
export type PlanRow = { key: string; floor: number | null; cells: PlanCell[] };

/** One stair or building, its floors from the top down. `stair` null: the programme has only one, or does not say. */
export type PlanStair = { key: string; stair: string | null; columns: number; rows: PlanRow[] };

const collator = new Intl.Collator('fr', { numeric: true });

/** Draws the buildings of these lots. */
export function planOf(lots: readonly StockLot[]): PlanStair[] {
  const stairs = [...Map.groupBy(lots, (lot) => lot.stair)];
  stairs.sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : collator.compare(a, b)));
  return stairs.map(([stair, own]) => {
    const floors = [...Map.groupBy(own, (lot) => lot.floor)];
    floors.sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : b - a));
    const widest = Math.max(...floors.map(([, landing]) => landing.length));
    const rows = floors.map(([floor, landing]) => ({
      key: `${stair}/${floor}`,
      floor,
      cells: landingCells(landing, widest),
    }));
    const columns = 1 + Math.max(...rows.map((row) => row.cells.at(-1)?.column ?? 0));
    return { key: String(stair), stair, columns, rows };
  });
}

// A landing of six may lack a few places that are not sold; a position of 40 on it numbers the whole building.
const emptyPlaces = 1.5;
const smallLanding = 6;

/** Places lots by position, when positions are places on a landing; else they only give the order. */
function landingCells(landing: readonly StockLot[], widest: number): PlanCell[] {
  const sorted = landing.toSorted(
    (a, b) =>
      (a.position ?? Number.MAX_VALUE) - (b.position ?? Number.MAX_VALUE) ||
      collator.compare(a.label, b.label),
  );
  const last = Math.max(widest, smallLanding) * emptyPlaces;
  const distinct = new Set(sorted.map((lot) => lot.position)).size === sorted.length;
  const placed =
    distinct && sorted.every(({ position }) => position !== null && position >= 1 && position <= last);
  return sorted.map((lot, order) => ({ lot, column: placed ? (lot.position ?? 1) - 1 : order }));
}

/** Which lot an arrow leads to from `from`: the next one that way, or the nearest column of another floor. */
export function planStep(rows: readonly PlanRow[], from: string, key: string): StockLot | null {
  const floor = rows.findIndex((row) => row.cells.some((cell) => cell.lot.extcode === from));
  const cells = rows[floor]?.cells ?? [];
  const place = cells.findIndex((cell) => cell.lot.extcode === from);
  const across = (to: number) => {
    const column = cells[place]?.column ?? 0;
    const byDistance = rows[to]?.cells.toSorted(
      (a, b) => Math.abs(a.column - column) - Math.abs(b.column - column),
    );
    return byDistance?.[0]?.lot ?? null;
  };
  switch (key) {
    case 'ArrowLeft':
      return cells[place - 1]?.lot ?? null;
    case 'ArrowRight':
      return cells[place + 1]?.lot ?? null;
    case 'Home':
      return cells[0]?.lot ?? null;
    case 'End':
      return cells.at(-1)?.lot ?? null;
    case 'ArrowUp':
      return across(floor - 1);
    case 'ArrowDown':
      return across(floor + 1);
    case 'PageUp':
      return across(0);
    case 'PageDown':
      return across(rows.length - 1);
    default:
      return null;
  }
}
