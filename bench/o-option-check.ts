import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from './harness/figure';
import { syncingPortal } from './harness/portal';
import { percentile } from './harness/statistics';

const LOTS = 20_000;
const PER_SECOND = 50;
const ROUNDS = 3;

/** Koban's « may an option be placed? », asked at a steady rate while an empty mirror takes in 20,000 lots. */
export async function optionCheck() {
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await askWhileSyncing());
  const p99s = rounds.map((sample) => percentile(sample, 0.99));
  const all = rounds.flat();
  return [
    figure(
      { median: percentile(all, 0.99), min: Math.min(...p99s), max: Math.max(...p99s) },
      {
        name: 'option-check',
        what: `option-check at ${PER_SECOND} requests/s while the mirror syncs 20,000 lots, p99`,
        unit: 'ms',
        bar: { atMost: 50 },
        from: `${all.length} requests over ${ROUNDS} syncs; p50 ${percentile(all, 0.5).toFixed(1)} ms, most ${Math.max(...all).toFixed(1)} ms`,
      },
    ),
  ];
}

/** Milliseconds of each answer from when it was due to be asked for, so that a server that stalls delays none of the others. */
async function askWhileSyncing(): Promise<number[]> {
  const { ask, syncing, close } = await syncingPortal(LOTS);
  try {
    // The route's first answer loads it from disk.
    await ask();
    const answers: Promise<number>[] = [];
    const start = performance.now();
    let over = false;
    const synced = syncing().finally(() => {
      over = true;
    });
    synced.catch(() => {});
    for (let n = 0; !over; n += 1) {
      const due = start + (n * 1_000) / PER_SECOND;
      await sleep(Math.max(0, due - performance.now()));
      // One that is never answered counts for as long as it was waited for.
      const spent = () => performance.now() - due;
      answers.push(ask().then(spent, spent));
    }
    await synced;
    return await Promise.all(answers);
  } finally {
    await close();
  }
}
