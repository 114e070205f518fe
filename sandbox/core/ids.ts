import { createHash } from 'node:crypto';

/** A 24-hex identifier that is always the same for the same words. */
export function guidOf(...words: (string | number)[]): string {
  return createHash('sha256').update(words.join('\u0000')).digest('hex').slice(0, 24);
}

/** A source of numbers in [0, 1[ that is always the same for the same seed (mulberry32). */
export function seededRandom(seed: string): () => number {
  let state = Number.parseInt(guidOf(seed).slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The element at a random place of a list that is not empty. */
export function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.min(list.length - 1, Math.floor(random() * list.length))];
  if (chosen === undefined) throw new Error('Cannot pick from an empty list');
  return chosen;
}
