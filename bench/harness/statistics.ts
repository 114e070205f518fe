/** The middle of a sample, and its ends. */
export type Spread = { median: number; min: number; max: number };

/** The value that this share (0 to 1) of the sample does not pass. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const place = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[place] ?? Number.NaN;
}

export function median(sample: readonly number[]): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = below] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (below + above) / 2;
}

export const spread = (sample: readonly number[]): Spread => ({
  median: median(sample),
  min: Math.min(...sample),
  max: Math.max(...sample),
});

/** One sample over another, round by round: what slows a round slows both. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, round) => value / (under[round] ?? Number.NaN));
}
