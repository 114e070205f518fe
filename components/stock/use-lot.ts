import { useMemo } from 'react';
import { useStock } from '@/components/stock/use-stock';
import type { StockLot } from '@/lib/stock/schema';

/** One lot as the browser last heard of it; withdrawn when the stock no longer holds it. */
export function useLot(fromServer: StockLot): StockLot {
  const { book } = useStock(fromServer.promoter);
  return useMemo(() => {
    if (!book || book.version < fromServer.version) return fromServer;
    const held = book.lots.find((lot) => lot.extcode === fromServer.extcode);
    return held ?? { ...fromServer, withdrawn: true };
  }, [book, fromServer]);
}
