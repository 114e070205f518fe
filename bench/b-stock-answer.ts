import { figure } from './harness/figure';
import { answersPerSecond, type Target } from './harness/load';
import { type BenchPortal, benchPortal } from './harness/portal';
import { rounds } from './harness/rounds';
import { median, ratios } from './harness/statistics';

/** The stock, whole and unchanged, from the route and from its floor; the two proven to answer the same. */
export async function stockTargets({ url, headers }: BenchPortal) {
  const at = (path: string, more: Record<string, string> = {}): Target => ({
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
      stock: () => answersPerSecond(stock),
      floor: () => answersPerSecond(floor),
      unchanged: () => answersPerSecond(notModified.stock),
      unchangedFloor: () => answersPerSecond(notModified.floor),
    },
    6,
  );
  const against = (real: number[], bare: number[]) =>
    `${median(real).toFixed(0)} against ${median(bare).toFixed(0)} requests/s`;
  return [
    figure(ratios(measured.stock, measured.floor), {
      name: 'b',
      what: '/api/stock of 20,000 lots, requests/s over those of a bare authenticated route that returns the same bytes',
      bar: { atLeast: 0.8 },
      from: `${against(measured.stock, measured.floor)} of ${(bytes / 1000).toFixed(0)} kB`,
    }),
    figure(ratios(measured.unchanged, measured.unchangedFloor), {
      name: 'b, 304',
      what: '/api/stock that has not changed, over a bare authenticated 304',
      bar: { atLeast: 0.9 },
      from: against(measured.unchanged, measured.unchangedFloor),
    }),
  ];
}

async function provenSame(real: Target, bare: Target): Promise<{ etag: string; bytes: number }> {
  const [one, other] = await Promise.all([real, bare].map(answerOf));
  if (!one || !other || one.text !== other.text)
    throw new Error('The floor does not answer what /api/stock does');
  return one;
}

async function answerOf({ url, headers }: Target) {
  const response = await fetch(url, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  const said = [...response.headers].filter(([name]) => name !== 'date');
  return {
    etag: response.headers.get('etag') ?? '',
    bytes: Number(response.headers.get('content-length') ?? 0),
    text: JSON.stringify([response.status, said, body.toString('base64')]),
  };
}
