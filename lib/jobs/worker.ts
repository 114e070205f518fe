import { env } from '@/lib/core/env';
import { database } from '@/lib/db/client';
import { startJobs } from './start';

if (!env().DATABASE_URL) {
  console.error(
    'A worker of its own needs DATABASE_URL: the embedded database belongs to the portal, which runs the jobs itself.',
  );
  process.exit(1);
}

const jobs = await startJobs();
// The timers let a process end; the worker lives until it is asked to stop.
const alive = setInterval(() => {}, 60_000);
console.log('The worker runs: stock, recovery of acts, mail, nightly pass.');

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    clearInterval(alive);
    await jobs.stop();
    await (await database()).close();
    process.exit(0);
  });
}
