import { PROGRAMME } from './a-programme-page';
import { stockTargets } from './b-stock-answer';
import { type Figure, figure } from './harness/figure';
import { inWords, type Load, load, rates } from './harness/load';
import { benchPortal } from './harness/portal';
import { rounds } from './harness/rounds';
import { ratios } from './harness/statistics';

const SIZES = [1_000, 10_000, 100_000];

/** What (a) and (b) cost as the promoter's stock grows, its programmes keeping their 300 lots. */
export async function growth() {
  const pages: Record<string, () => Promise<Load>> = {};
  const stocks: Record<string, () => Promise<Load>> = {};
  const weights = new Map<number, number>();
  for (const lots of SIZES) {
    const portal = await benchPortal(lots);
    const { stock, floor, bytes } = await stockTargets(portal);
    weights.set(lots, bytes);
    pages[`page ${lots}`] = () => load({ ...portal, url: `${portal.url}${PROGRAMME}` });
    stocks[`stock ${lots}`] = () => load(stock);
    stocks[`floor ${lots}`] = () => load(floor);
  }
  // Apart: two megabytes at a time leave a server with garbage that the next pages would pay for.
  const measured = { ...(await rounds(pages, 8)), ...(await rounds(stocks, 4)) };
  const of = (what: string, lots: number) => measured[`${what} ${lots}`] ?? [];
  const [least = 0] = SIZES;
  const size = (lots: number) => lots.toLocaleString('en');
  return SIZES.flatMap((lots): Figure[] => [
    figure(ratios(rates(of('page', least)), rates(of('page', lots))), {
      name: `g, page, ${size(lots)}`,
      what: `cost of the programme page with ${size(lots)} lots in the stock, over that with ${size(least)}`,
      from: inWords(of('page', lots)),
      ...(lots !== least && { bar: { atMost: 1.15 } }),
    }),
    figure(ratios(rates(of('stock', lots)), rates(of('floor', lots))), {
      name: `g, stock, ${size(lots)}`,
      what: `/api/stock of ${size(lots)} lots, requests/s over those of the bare route`,
      from: `${inWords(of('stock', lots))}, ${((weights.get(lots) ?? 0) / 1000).toFixed(0)} kB each`,
    }),
  ]);
}
