/** What is to happen after a while, in real time. A reset forgets it. */
export class Later {
  #timers = new Set<ReturnType<typeof setTimeout>>();

  run(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, milliseconds);
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
