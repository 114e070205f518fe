import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeSnapshot, encodeLot } from '@/lib/stock/rules';
import type { StockDelta } from '@/lib/stock/schema';
import { mergeStock, noteSeen } from './merge-stock';
import { aLot } from './testing';
import { type HeldStock, stockKey } from './use-stock';

const wire = (label: string, version: number) => encodeLot(aLot({ label, version }), new Map());
const common = { promoter: 'valmont', scope: 's', extras: [], annexes: [] };
const key = stockKey('valmont');
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  const book = decodeSnapshot({
    ...common,
    kind: 'snapshot',
    version: 3,
    lots: [wire('a', 1), wire('b', 2)],
  });
  client.setQueryData<HeldStock>(key, { book, seenAt: null, attemptAt: null });
});

const held = () => client.getQueryData<HeldStock>(key);
const tell = (change: Partial<StockDelta>) =>
  mergeStock(
    client,
    JSON.stringify({
      ...common,
      kind: 'delta',
      since: 3,
      version: 4,
      lots: [],
      withdrawn: [],
      total: 2,
      ...change,
    }),
  );
const invalidated = () => client.getQueryState(key)?.isInvalidated;

describe('what the stream tells of the stock', () => {
  it('is merged into what the tab holds, without asking the server', () => {
    tell({ lots: [wire('c', 4)], withdrawn: ['a'] });
    expect(held()?.book.lots.map(({ label }) => label)).toEqual(['b', 'c']);
    expect(held()?.book.version).toBe(4);
    expect(invalidated()).toBe(false);
  });

  it('is asked for when it does not follow what the tab holds, or is of another scope', () => {
    tell({ since: 4, version: 5 });
    expect(held()?.book.version).toBe(3);
    expect(invalidated()).toBe(true);
    client.setQueryData(key, held());
    tell({ scope: 'other' });
    expect(invalidated()).toBe(true);
  });

  it('changes nothing when it is already known, or of a stock that no page has asked for', () => {
    const before = held();
    tell({ since: 1, version: 3, lots: [wire('a', 1)] });
    expect(held()).toBe(before);
    mergeStock(
      client,
      JSON.stringify({ ...common, kind: 'delta', promoter: 'littoral', since: 1, version: 2 }),
    );
    expect(client.getQueryData(stockKey('littoral'))).toBeUndefined();
  });

  it('keeps its age apart from its contents', () => {
    const before = held();
    noteSeen(client, { promoter: 'valmont', seenAt: '2026-11-24T13:00:00.000Z', attemptAt: null });
    expect(held()?.seenAt).toEqual(new Date('2026-11-24T13:00:00Z'));
    expect(held()?.book).toBe(before?.book);
  });
});
