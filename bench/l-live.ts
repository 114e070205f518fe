import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, figure } from './harness/figure';
import { change, type LivePortals, openLivePortals } from './harness/live-portals';
import { percentile } from './harness/statistics';
import { type OpenStream, openStreams } from './harness/streams';

const STREAMS = 500;
const CHANGES = 60;
/** How long the slowest stream is waited for. */
const PATIENCE_MS = 20_000;

/** From a change committed to its event in 500 connected streams of one process: made in that process, and in another. */
export async function live(): Promise<Figure[]> {
  const portals = await openLivePortals(STREAMS);
  const [here, elsewhere] = portals.urls;
  const told = new Map<number, number[]>();
  const streams = await openStreams(here, portals.cookies, STREAMS, (version, at) => {
    const times = told.get(version) ?? [];
    told.set(version, times);
    times.push(at);
  });
  // The first change of a process loads its stock.
  for (const url of portals.urls) await change(portals, url, 0);
  await caughtUp(streams, (await change(portals, here, 1)).version);
  const measured = [
    { name: 'l, one process', what: 'in that process', url: here, atMost: 250 },
    { name: 'l, two processes', what: 'in another on the same PostgreSQL', url: elsewhere, atMost: 400 },
  ];
  const figures: Figure[] = [];
  for (const { name, what, url, atMost } of measured) {
    const delays = await delaysOf(portals, url, streams, told);
    figures.push(
      figure(
        { median: percentile(delays, 0.95), min: Math.min(...delays), max: Math.max(...delays) },
        {
          name,
          what: `a change committed ${what} to its event in ${STREAMS} streams, p95`,
          unit: 'ms',
          bar: { atMost },
          from: `${CHANGES} changes one by one, ${delays.length} events; p50 ${percentile(delays, 0.5).toFixed(0)} ms, p99 ${percentile(delays, 0.99).toFixed(0)} ms`,
        },
      ),
    );
  }
  for (const stream of streams) stream.close();
  return figures;
}

async function delaysOf(
  portals: LivePortals,
  url: string,
  streams: readonly OpenStream[],
  told: ReadonlyMap<number, number[]>,
): Promise<number[]> {
  const delays: number[] = [];
  for (let round = 0; round < CHANGES; round += 1) {
    const { version, at } = await change(portals, url, round);
    await caughtUp(streams, version);
    for (const time of told.get(version) ?? []) delays.push(Math.max(0, time - at));
    // At no fixed distance from the round before.
    await sleep(50 + Math.random() * 200);
  }
  return delays;
}

/** Waits until every stream has been told of a version. @throws Error when one is not in time */
export async function caughtUp(streams: readonly OpenStream[], version: number): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const behind = streams.filter((stream) => stream.version < version).length;
    if (behind === 0) return;
    if (performance.now() > end) throw new Error(`${behind} streams were never told of version ${version}`);
    await sleep(5);
  }
}
