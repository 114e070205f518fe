import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, figure } from './harness/figure';
import { change, memoryOf, openLivePortals } from './harness/live-portals';
import { openStreams } from './harness/streams';
import { caughtUp } from './l-live';

const STREAMS = 1_000;
const CHANGES_PER_SECOND = 20;
const WARM_UP = 100;
/** What closed streams leave behind is collected, and new ones have settled. */
const SETTLE_MS = 5_000;

/**
 * What a thousand open streams cost and whether any of them misses something, while the stock changes twenty times a second.
 * Ten minutes, unless STREAM_MINUTES says otherwise.
 */
export async function streams(): Promise<Figure[]> {
  const minutes = Number(process.env.STREAM_MINUTES || 10);
  const portals = await openLivePortals(STREAMS);
  const [url, neighbour] = portals.urls;
  for (const warm of await openStreams(url, portals.cookies, WARM_UP)) warm.close();
  await change(portals, url, 0);
  await sleep(SETTLE_MS);
  const before = await memoryOf(url);
  const open = await openStreams(url, portals.cookies, STREAMS);
  await sleep(SETTLE_MS);
  const idle = await memoryOf(url);

  const start = performance.now();
  let made = 0;
  let last = 0;
  const changing: Promise<void>[] = [];
  while (performance.now() - start < minutes * 60_000) {
    // From both processes in turn, without waiting for the one before: twenty a second, whatever each takes.
    const at = made % 2 === 0 ? url : neighbour;
    const making = change(portals, at, made).then(({ version }) => {
      last = Math.max(last, version);
    });
    changing.push(making);
    if (changing.length > CHANGES_PER_SECOND) await changing.shift();
    made += 1;
    await sleep(Math.max(0, start + (made * 1_000) / CHANGES_PER_SECOND - performance.now()));
  }
  await Promise.all(changing);
  const seconds = (performance.now() - start) / 1_000;
  await caughtUp(open, last);
  const after = await memoryOf(url);
  const lost = open.reduce((sum, { gaps, ended }) => sum + gaps + (ended ? 1 : 0), 0);
  for (const stream of open) stream.close();

  const each = (now: typeof before) => (now.rss - before.rss) / STREAMS / 1_000;
  const heap = (now: typeof before) =>
    (now.heapUsed + now.external - before.heapUsed - before.external) / STREAMS / 1_000;
  return [
    figure([each(idle), each(after)], {
      name: 's, memory',
      what: `memory of the server process for each of ${STREAMS} open streams, kB: when they are open, and after the run`,
      unit: 'kB',
      bar: { atMost: 60 },
      from: `resident ${each(idle).toFixed(1)} kB then ${each(after).toFixed(1)} kB, of which JavaScript's ${heap(idle).toFixed(1)} kB then ${heap(after).toFixed(1)} kB`,
    }),
    figure([lost], {
      name: 's, loss',
      what: `events missed or streams ended, of ${STREAMS}, over ${minutes} minutes of ${CHANGES_PER_SECOND} changes a second made in two processes`,
      unit: 'count',
      bar: { atMost: 0 },
      from: `${made} changes in ${seconds.toFixed(0)} s (${(made / seconds).toFixed(1)} a second), version ${last} in every stream at the end`,
    }),
  ];
}
