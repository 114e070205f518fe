import type { QueryClient } from '@tanstack/react-query';
import { toldVersion } from '@/components/layout/live-line';
import { type HeldStock, stockKey } from '@/components/stock/use-stock';
import type { PromoterSeen } from '@/lib/core/live-events';
import { mergeDelta } from '@/lib/stock/rules';
import type { StockDelta } from '@/lib/stock/schema';

/** Merges what the stream told into the stock that this tab holds; what does not fit is asked for. */
export function mergeStock(client: QueryClient, json: string): void {
  const delta: StockDelta = JSON.parse(json);
  const key = stockKey(delta.promoter);
  const held = client.getQueryData<HeldStock>(key);
  if (!held) return;
  const book = mergeDelta(held.book, delta);
  if (!book) void client.invalidateQueries({ queryKey: key });
  else if (book !== held.book) client.setQueryData<HeldStock>(key, { ...held, book });
}

/** Keeps how old the stock is. */
export function noteSeen(client: QueryClient, { promoter, seenAt, attemptAt }: PromoterSeen): void {
  client.setQueryData<HeldStock>(
    stockKey(promoter),
    (held) =>
      held && {
        ...held,
        seenAt: seenAt === null ? null : new Date(seenAt),
        attemptAt: attemptAt === null ? null : new Date(attemptAt),
      },
  );
}

/** Asks for what this tab is behind of: changes that were told before it listened. */
export function catchUp(client: QueryClient): void {
  for (const [queryKey, held] of client.getQueriesData<HeldStock>({ queryKey: stockKey() }))
    if (held && held.book.version < toldVersion(held.book.promoter))
      void client.invalidateQueries({ queryKey });
}
