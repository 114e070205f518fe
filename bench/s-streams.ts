import { setTimeout as sleep } from 'node:timers/promises';
import { openBareStreams } from './harness/bare';
import { type Figure, figure } from './harness/figure';
import { change, type LivePortals, memoryOf, openLivePortals } from './harness/live-portals';
import { openStreams } from './harness/streams';
import { caughtUp } from './l-live';

const STREAMS = 1_000;
const CHANGES_PER_SECOND = 20;
/** What the server keeps for its work, whatever the number of streams, it has before anything is measured. */
const WARM_UP = { streams: 100, minutes: 0.25 };
/** What the floor holds after this long, it holds after ten times as long. */
const FLOOR_MINUTES = 1;
/** What closed streams leave behind is collected, and new ones have settled. */
const SETTLE_MS = 5_000;

/**
 * What a thousand open streams cost and whether any of them misses something, while the stock changes twenty times a second;
 * and what they cost a bare server of Node. Ten minutes, unless STREAM_MINUTES says otherwise.
 */
export async function streams(): Promise<Figure[]> {
  const minutes = Number(process.env.STREAM_MINUTES || 10);
  const floor = await hold(await openBareStreams(), Math.min(minutes, FLOOR_MINUTES));
  const { memory, lost, made, seconds, last } = await hold(await openLivePortals(STREAMS), minutes);
  return [
    figure(
      { median: memory.after.resident, min: memory.open.resident, max: memory.after.resident },
      {
        name: 's, memory',
        what: `memory of the server process for each of ${STREAMS} open streams without garbage, kB, after the run (and when they were opened)`,
        unit: 'kB',
        bar: { atMost: 60 },
        from: `${told(memory)}; a bare server of Node ${told(floor.memory)}`,
      },
    ),
    figure([lost], {
      name: 's, loss',
      what: `events missed or streams ended, of ${STREAMS}, over ${minutes} minutes of ${CHANGES_PER_SECOND} changes a second made in two processes`,
      unit: 'count',
      bar: { atMost: 0 },
      from: `${made} changes in ${seconds.toFixed(0)} s (${(made / seconds).toFixed(1)} a second), version ${last} in every stream at the end`,
    }),
  ];
}

/**
 * Of each stream, in kB: what the process holds of the machine's memory without its garbage, what of it JavaScript uses, and
 * what it held with its garbage. How much of that V8 lets lie goes by the machine's memory and the work done, not by the streams.
 */
type Share = { resident: number; script: number; held: number };

const told = ({ open, after }: { open: Share; after: Share }) =>
  `resident ${open.resident.toFixed(1)} kB then ${after.resident.toFixed(1)} kB, of which JavaScript's ${open.script.toFixed(1)} kB then ${after.script.toFixed(1)} kB; with its garbage ${open.held.toFixed(1)} kB then ${after.held.toFixed(1)} kB`;

/** Opens the streams, changes the stock for so long, and closes them. */
async function hold(portals: LivePortals, minutes: number) {
  const [url] = portals.urls;
  const warm = await openStreams(url, portals.cookies, WARM_UP.streams);
  await caughtUp(warm, (await changeFor(portals, WARM_UP.minutes)).last);
  for (const stream of warm) stream.close();
  await sleep(SETTLE_MS);
  const before = await memoryOf(url);
  const share = async (): Promise<Share> => {
    const now = await memoryOf(url);
    return {
      held: (now.held - before.held) / STREAMS / 1_000,
      resident: (now.rss - before.rss) / STREAMS / 1_000,
      script: (now.heapUsed + now.external - before.heapUsed - before.external) / STREAMS / 1_000,
    };
  };
  const streams = await openStreams(url, portals.cookies, STREAMS);
  await sleep(SETTLE_MS);
  const open = await share();
  const changed = await changeFor(portals, minutes);
  await caughtUp(streams, changed.last);
  const after = await share();
  const lost = streams.reduce((sum, { gaps, ended }) => sum + gaps + (ended ? 1 : 0), 0);
  for (const stream of streams) stream.close();
  return { ...changed, lost, memory: { open, after } };
}

/** Changes the stock from both processes in turn, without waiting for the one before: so many a second, whatever each takes. */
async function changeFor(portals: LivePortals, minutes: number) {
  const start = performance.now();
  let made = 0;
  let last = 0;
  const changing: Promise<void>[] = [];
  while (performance.now() - start < minutes * 60_000) {
    const making = change(portals, portals.urls[made % 2 === 0 ? 0 : 1], made).then(({ version }) => {
      last = Math.max(last, version);
    });
    changing.push(making);
    if (changing.length > CHANGES_PER_SECOND) await changing.shift();
    made += 1;
    await sleep(Math.max(0, start + (made * 1_000) / CHANGES_PER_SECOND - performance.now()));
  }
  await Promise.all(changing);
  return { made, last, seconds: (performance.now() - start) / 1_000 };
}
