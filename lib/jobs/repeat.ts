import { faultFacts, log } from '@/lib/core/log';

/** A piece of work done again and again. `stop` waits for the one in hand. */
export type Repeated = { stop(): Promise<void> };

/**
 * Does `work` now and then `seconds` after it ended, for ever. A fault is logged and the next round comes as usual.
 * pg-boss's schedules go by whole minutes: what must come sooner is repeated here, in every process that runs jobs, and
 * leases in the database keep two of them off the same work.
 */
export function repeat(name: string, seconds: number, work: () => Promise<unknown>): Repeated {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const round = async () => {
    try {
      await work();
    } catch (fault) {
      log().error({ job: name, ...faultFacts(fault) }, 'job failed');
    }
    if (stopped) return;
    timer = setTimeout(() => {
      running = round();
    }, seconds * 1_000);
    // A process that has nothing else to do may end.
    timer.unref();
  };
  let running = round();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
