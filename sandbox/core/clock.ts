/** Options end only at full and half hours (DOC). Paris is a whole number of hours from UTC, so UTC halves are Paris halves. */
const HALF_HOUR = 30 * 60_000;

/** The first full or half hour that is not before this instant (milliseconds). */
export function halfHourNotBefore(instant: number): number {
  return Math.ceil(instant / HALF_HOUR) * HALF_HOUR;
}

/** The sandbox's own clock: real time with an offset, or stopped. Instants are milliseconds. */
export class Clock {
  #offset = 0;
  #stoppedAt: number | null = null;

  now(): number {
    return this.#stoppedAt ?? Date.now() + this.#offset;
  }

  get stopped(): boolean {
    return this.#stoppedAt !== null;
  }

  /** Moves to an instant; a stopped clock stays there until `run` or the next move. */
  set(instant: number, stopped = this.stopped): void {
    this.#offset = instant - Date.now();
    this.#stoppedAt = stopped ? instant : null;
  }

  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  reset(): void {
    this.#offset = 0;
    this.#stoppedAt = null;
  }
}
