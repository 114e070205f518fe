import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, figure } from './harness/figure';
import { callFrom, type LivePortals, openLivePortals, placeAtDesk } from './harness/live-portals';
import { percentile } from './harness/statistics';
import { type OpenStream, openStreams } from './harness/streams';

const STREAMS = 500;
const CHANGES = 60;
/** How long the slowest stream is waited for. */
const PATIENCE_MS = 20_000;

/**
 * From the salesman's act in Koban, which calls the portal, to the lot's new status in 500 connected streams of one process: the call
 * comes to that process, and to another. In between lie Koban's own call, its answer to the portal's reading of the lot, and the write.
 */
export async function live(): Promise<Figure[]> {
  const portals = await openLivePortals(STREAMS);
  const [here, elsewhere] = portals.urls;
  const told = new Map<number, number[]>();
  const streams = await openStreams(here, portals.cookies, STREAMS, (version, at) => {
    const times = told.get(version) ?? [];
    told.set(version, times);
    times.push(at);
  });
  // The first call to a process loads its stock.
  for (const [round, url] of portals.urls.entries()) {
    await callFrom(portals, url);
    await toldOf(portals, streams, round);
  }
  const measured = [
    { name: 'l, one process', what: 'comes to that process', url: here, atMost: 250 },
    {
      name: 'l, two processes',
      what: 'comes to another on the same PostgreSQL',
      url: elsewhere,
      atMost: 400,
    },
  ];
  const figures: Figure[] = [];
  for (const [turn, { name, what, url, atMost }] of measured.entries()) {
    await callFrom(portals, url);
    const delays = await delaysOf(portals, streams, told, portals.urls.length + turn * CHANGES);
    figures.push(
      figure(
        { median: percentile(delays, 0.95), min: Math.min(...delays), max: Math.max(...delays) },
        {
          name,
          what: `an option placed in Koban, whose call ${what}, to the lot's status in ${STREAMS} streams, p95`,
          unit: 'ms',
          bar: { atMost },
          from: `${CHANGES} options one by one, ${delays.length} events; p50 ${percentile(delays, 0.5).toFixed(0)} ms, p99 ${percentile(delays, 0.99).toFixed(0)} ms`,
        },
      ),
    );
  }
  for (const stream of streams) stream.close();
  return figures;
}

async function delaysOf(
  portals: LivePortals,
  streams: readonly OpenStream[],
  told: ReadonlyMap<number, number[]>,
  from: number,
): Promise<number[]> {
  const delays: number[] = [];
  for (let round = 0; round < CHANGES; round += 1) {
    const { version, at } = await toldOf(portals, streams, from + round);
    for (const time of told.get(version) ?? []) delays.push(Math.max(0, time - at));
    // At no fixed distance from the round before.
    await sleep(50 + Math.random() * 200);
  }
  return delays;
}

/** One option at the desk, told to every stream. @returns the stock's version that it made, and when it was placed (ms) */
async function toldOf(portals: LivePortals, streams: readonly OpenStream[], round: number) {
  const version = 1 + Math.max(...streams.map((stream) => stream.version));
  const at = await placeAtDesk(portals, round);
  await caughtUp(streams, version);
  return { version, at };
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
