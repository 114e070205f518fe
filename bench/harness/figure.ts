import { type Spread, spread } from './statistics';

type Unit = 'ratio' | 'ms' | 'kB' | 'count';

/** One thing measured, against what was promised of it. */
export type Figure = {
  /** The bench's name, and which of its figures when it has several. */
  name: string;
  what: string;
  unit: Unit;
  value: number;
  min: number;
  max: number;
  /** What it is compared with; null for a figure that is only reported. */
  bar: { atLeast: number } | { atMost: number } | null;
  met: boolean | null;
  /** The absolute figures of this very run that the value comes from. */
  from: string;
};

type Wording = { name: string; what: string; from: string; bar?: Figure['bar']; unit?: Unit };

/** A figure from its spread, or from its rounds. */
export function figure(measured: Spread | readonly number[], wording: Wording): Figure {
  const { median: value, min, max } = 'median' in measured ? measured : spread(measured);
  const { bar = null, unit = 'ratio', ...words } = wording;
  return { ...words, unit, value, min, max, bar, met: bar && holds(value, bar) };
}

function holds(value: number, bar: { atLeast: number } | { atMost: number }): boolean {
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

const decimals: Record<Unit, number> = { ratio: 2, ms: 1, kB: 1, count: 0 };
const suffix = (unit: Unit): string => (unit === 'ms' || unit === 'kB' ? ` ${unit}` : '');

export function measureOf({ value, min, max, unit }: Figure): string {
  const one = (figure: number) => figure.toFixed(decimals[unit]);
  return `${one(value)}${suffix(unit)} (${one(min)} to ${one(max)})`;
}

export function barOf({ bar, unit }: Figure): string {
  if (!bar) return 'none';
  const word = 'atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`;
  return `${word}${suffix(unit)}`;
}

export const verdictOf = ({ met }: Figure): string => (met === null ? '' : met ? 'met' : 'missed');
