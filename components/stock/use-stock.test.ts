import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeLot } from '@/lib/stock/rules';
import { SEEN_AT_HEADER, type StockDelta, type StockSnapshot } from '@/lib/stock/schema';
import { aLot } from './testing';
import { fetchStock, StockRefused } from './use-stock';

const wire = (label: string, version = 1) => encodeLot(aLot({ label, version }), new Map());
const snapshot = (version: number, ...labels: string[]): StockSnapshot => ({
  kind: 'snapshot',
  promoter: 'valmont',
  version,
  scope: 's',
  extras: [],
  lots: labels.map((label) => wire(label)),
  annexes: [],
});
const delta = (change: Partial<StockDelta>): StockDelta => ({
  ...snapshot(2),
  kind: 'delta',
  since: 1,
  withdrawn: [],
  total: 0,
  ...change,
});

/** Plays a server that gives these answers in turn; returns the addresses it was asked for. */
function serve(...answers: (object | number)[]) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    const answer = answers.shift();
    const headers = { [SEEN_AT_HEADER]: '2026-11-23T13:32:07.000Z' };
    return Promise.resolve(
      typeof answer === 'number'
        ? new Response(null, { status: answer })
        : Response.json(answer, { headers }),
    );
  });
  return asked;
}
afterEach(() => vi.unstubAllGlobals());

describe('fetchStock', () => {
  it('takes the snapshot first, then only what changed since', async () => {
    const asked = serve(snapshot(1, 'a', 'b'), delta({ lots: [wire('c', 2)], withdrawn: ['a'], total: 2 }));
    const held = await fetchStock('valmont', undefined);
    expect(held.seenAt).toEqual(new Date('2026-11-23T13:32:07.000Z'));
    const next = await fetchStock('valmont', held);
    expect(next.book.lots.map((lot) => lot.label)).toEqual(['b', 'c']);
    expect(asked).toEqual(['/api/stock?promoter=valmont', '/api/stock?promoter=valmont&since=1']);
  });

  it('takes the snapshot again when a change does not fit what it holds', async () => {
    const asked = serve(snapshot(1, 'a'), delta({ total: 7 }), snapshot(3, 'a', 'z'));
    const held = await fetchStock('valmont', undefined);
    const next = await fetchStock('valmont', held);
    expect(next.book.version).toBe(3);
    expect(asked.at(-1)).toBe('/api/stock?promoter=valmont');
  });

  it('tells an ended session from a server in trouble', async () => {
    serve(401, 503);
    await expect(fetchStock('valmont', undefined)).rejects.toBeInstanceOf(StockRefused);
    await expect(fetchStock('valmont', undefined)).rejects.not.toBeInstanceOf(StockRefused);
  });
});
