import { PROGRAMME } from './a-programme-page';
import { stockTargets } from './b-stock-answer';
import { type Figure, figure } from './harness/figure';
import { answersPerSecond } from './harness/load';
import { benchPortal } from './harness/portal';
import { rounds } from './harness/rounds';
import { median, ratios } from './harness/statistics';

const SIZES = [1_000, 10_000, 100_000];

/** What (a) and (b) cost as the promoter's stock grows, its programmes keeping their 300 lots. */
export async function growth() {
  const contestants: Record<string, () => Promise<number>> = {};
  const weights = new Map<number, number>();
  for (const lots of SIZES) {
    const portal = await benchPortal(lots);
    const { stock, floor, bytes } = await stockTargets(portal);
    weights.set(lots, bytes);
    contestants[`page ${lots}`] = () =>
      answersPerSecond({ url: `${portal.url}${PROGRAMME}`, headers: portal.headers });
    contestants[`stock ${lots}`] = () => answersPerSecond(stock);
    contestants[`floor ${lots}`] = () => answersPerSecond(floor);
  }
  const measured = await rounds(contestants, 4);
  const of = (what: string, lots: number) => measured[`${what} ${lots}`] ?? [];
  const [least = 0] = SIZES;
  const size = (lots: number) => lots.toLocaleString('en');
  return SIZES.flatMap((lots): Figure[] => [
    figure(ratios(of('page', least), of('page', lots)), {
      name: `g, page, ${size(lots)}`,
      what: `cost of the programme page with ${size(lots)} lots in the stock, over that with ${size(least)}`,
      from: `${median(of('page', lots)).toFixed(0)} requests/s`,
      ...(lots !== least && { bar: { atMost: 1.15 } }),
    }),
    figure(ratios(of('stock', lots), of('floor', lots)), {
      name: `g, stock, ${size(lots)}`,
      what: `/api/stock of ${size(lots)} lots, requests/s over those of the bare route`,
      from: `${median(of('stock', lots)).toFixed(0)} requests/s of ${((weights.get(lots) ?? 0) / 1000).toFixed(0)} kB`,
    }),
  ]);
}
