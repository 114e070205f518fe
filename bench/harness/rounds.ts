/**
 * Measures several things in short rounds, one after another within each round and in turned order from round to round, so
 * that whatever else the machine does falls on all of them. A first round warms up and is not counted.
 */
export async function rounds<Name extends string, Sample>(
  contestants: Record<Name, () => Promise<Sample>>,
  count: number,
): Promise<Record<Name, Sample[]>> {
  const entries = Object.entries(contestants) as [Name, () => Promise<Sample>][];
  const samples = {} as Record<Name, Sample[]>;
  for (const [name] of entries) samples[name] = [];
  for (let round = 0; round <= count; round += 1) {
    for (const [name, measure] of round % 2 === 0 ? entries : entries.toReversed()) {
      const value = await measure();
      if (round > 0) samples[name].push(value);
    }
  }
  return samples;
}
