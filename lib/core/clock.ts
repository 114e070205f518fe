/** Where the present comes from; injected, so that tests can move it. */
export type Clock = { now(): Date };

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; `advance` in milliseconds. */
export function fixedClock(start: Date): Clock & { advance(ms: number): void; set(instant: Date): void } {
  let present = start.getTime();
  return {
    now: () => new Date(present),
    advance: (ms) => {
      present += ms;
    },
    set: (instant) => {
      present = instant.getTime();
    },
  };
}
