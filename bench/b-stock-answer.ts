import { once } from 'node:events';
import { get } from 'node:http';
import { figure } from './harness/figure';
import { inWords, type Load, load, rates, type Target } from './harness/load';
import { type BenchPortal, benchPortal } from './harness/portal';
import { rounds } from './harness/rounds';
import { ratios } from './harness/statistics';

/** The stock, whole and unchanged, from the route and from its floor; the two proven to answer the same. */
export async function stockTargets({ url, headers, pid }: BenchPortal) {
  const at = (path: string, more: Record<string, string> = {}): Target => ({
    pid,
    url: `${url}${path}?promoter=valmont`,
    headers: { ...headers, 'accept-encoding': 'br', ...more },
  });
  const [stock, floor] = [at('/api/stock'), at('/api/floor/stock')];
  const { etag, bytes } = await provenSame(stock, floor);
  const unchanged = (path: string): Target => ({ ...at(path, { 'if-none-match': etag }), status: 304 });
  const notModified = { stock: unchanged('/api/stock'), floor: unchanged('/api/floor/stock') };
  await provenSame(notModified.stock, notModified.floor);
  return { stock, floor, notModified, bytes };
}

/** The stock of 20,000 lots, whole and unchanged, against a bare authenticated route that returns the same bytes. */
export async function stockAnswer() {
  const { stock, floor, notModified, bytes } = await stockTargets(await benchPortal(20_000));
  const measured = await rounds(
    {
      stock: () => load(stock),
      floor: () => load(floor),
      unchanged: () => load(notModified.stock),
      unchangedFloor: () => load(notModified.floor),
    },
    6,
  );
  const over = (real: Load[], bare: Load[]) => ratios(rates(real), rates(bare));
  return [
    figure(over(measured.stock, measured.floor), {
      name: 'b',
      what: '/api/stock of 20,000 lots, requests/s over those of a bare authenticated route that returns the same bytes',
      bar: { atLeast: 0.8 },
      from: `${inWords(measured.stock)} against ${inWords(measured.floor)}, ${(bytes / 1000).toFixed(0)} kB each`,
    }),
    figure(over(measured.unchanged, measured.unchangedFloor), {
      name: 'b, 304',
      what: '/api/stock that has not changed, over a bare authenticated 304',
      bar: { atLeast: 0.9 },
      from: `${inWords(measured.unchanged)} against ${inWords(measured.unchangedFloor)}`,
    }),
  ];
}

async function provenSame(real: Target, bare: Target): Promise<{ etag: string; bytes: number }> {
  const [one, other] = await Promise.all([real, bare].map(answerOf));
  if (!one || !other || one.text !== other.text)
    throw new Error('The floor does not answer what /api/stock does');
  return one;
}

/** Its status, headers and bytes as they were sent: `fetch` would decompress them. */
async function answerOf({ url, headers }: Target) {
  const [response] = await once(get(url, { headers }), 'response');
  const body = Buffer.concat(await response.toArray());
  const { date, ...said } = response.headers;
  const text = JSON.stringify([response.statusCode, said, body.toString('base64')]);
  return { etag: String(said.etag), bytes: body.length, text };
}
