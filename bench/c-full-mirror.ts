import { createKobanClient } from '@/lib/koban/client';
import { pullLots } from '@/lib/stock/pull-lots';
import { syncPromoter } from '@/lib/stock/sync-promoter';
import { addPromoter } from '@/lib/stock/testing';
import { databases, type Kind } from './harness/databases';
import { figure } from './harness/figure';
import { type BenchKoban, callsMade, keys, openKoban } from './harness/koban';
import { rounds } from './harness/rounds';
import { median, ratios } from './harness/statistics';

const LOTS = 20_000;

/** A full mirror of 20,000 lots into an empty database, against bare paging of the same pages with nothing stored. */
export async function fullMirror() {
  const koban = await openKoban(LOTS);
  const figures = [];
  for (const kind of await databases()) {
    const pages = await pagesAsked(kind, koban);
    const { mirror, floor, read } = await rounds(
      {
        mirror: () => lotsPerSecond(() => mirrored(kind, koban)),
        floor: () => lotsPerSecond(() => paged(koban, pages)),
        read: () => lotsPerSecond(() => readOnly(koban)),
      },
      4,
    );
    figures.push(
      figure(ratios(mirror, floor), {
        name: `c, ${kind.name}`,
        what: `full mirror of 20,000 lots on ${kind.name}, lots/s over those of bare paging with nothing stored`,
        bar: { atLeast: 0.6 },
        from: `${median(mirror).toFixed(0)} against ${median(floor).toFixed(0)} lots/s, ${pages.length} calls`,
      }),
      figure(ratios(mirror, read), {
        name: `c, ${kind.name}, client`,
        what: `the same, over the same pages read and understood by the portal's own client, with nothing stored`,
        from: `${median(mirror).toFixed(0)} against ${median(read).toFixed(0)} lots/s`,
      }),
    );
  }
  return figures;
}

async function lotsPerSecond(run: () => Promise<number>): Promise<number> {
  return LOTS / ((await run()) / 1000);
}

/** Milliseconds of one mirror. Its database is made and thrown away outside of them. */
function mirrored({ fresh }: Kind, { url }: BenchKoban): Promise<number> {
  return fresh(async () => {
    const actor = await addPromoter();
    const koban = createKobanClient({ baseUrl: `${url}/api/v1`, ...keys });
    const start = performance.now();
    const result = await syncPromoter(actor, { koban: async () => koban, pass: 'due' });
    const ms = performance.now() - start;
    if (result.kind !== 'done' || result.changed !== LOTS)
      throw new Error(`The mirror: ${JSON.stringify(result)}`);
    return ms;
  });
}

async function pagesAsked(kind: Kind, koban: BenchKoban): Promise<string[]> {
  callsMade();
  await mirrored(kind, koban);
  return callsMade().map(({ path }) => path);
}

/** Milliseconds of a pull that stores nothing. */
async function readOnly({ url }: BenchKoban): Promise<number> {
  const koban = createKobanClient({ baseUrl: `${url}/api/v1`, ...keys });
  const start = performance.now();
  const end = await pullLots(koban, null, async () => {});
  if (end.kind !== 'settled') throw new Error(`The pull: ${JSON.stringify(end)}`);
  return performance.now() - start;
}

/** Milliseconds of the same calls, one after another, each answer read and parsed, as any client must to know where to go on. */
async function paged({ url }: BenchKoban, pages: string[]): Promise<number> {
  const headers = { 'X-ncApi': keys.apiKey, 'X-ncUser': keys.userKey };
  const start = performance.now();
  for (const page of pages) await (await fetch(`${url}${page}`, { headers })).json();
  return performance.now() - start;
}
