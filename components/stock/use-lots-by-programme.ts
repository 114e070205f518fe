import { useMemo } from 'react';
import { programmeKey } from '@/components/stock/programme-filters';
import { useStocks } from '@/components/stock/use-stock';
import type { ProgrammeCard, StockLot } from '@/lib/stock/schema';

/** The lots of these programmes as the browser holds them; a promoter whose stock has not come is absent. */
export function useLotsByProgramme(
  cards: readonly ProgrammeCard[],
): ReadonlyMap<string, readonly StockLot[]> {
  const promoters = useMemo(() => [...new Set(cards.map((card) => card.promoter))], [cards]);
  const books = useStocks(promoters);
  return useMemo(() => {
    const lots = new Map<string, StockLot[]>();
    const here = new Set(books.flatMap((book) => book?.promoter ?? []));
    for (const card of cards) if (here.has(card.promoter)) lots.set(programmeKey(card), []);
    for (const book of books)
      for (const lot of book?.lots ?? [])
        lots.get(programmeKey({ promoter: lot.promoter, code: lot.programmeCode }))?.push(lot);
    return lots;
  }, [cards, books]);
}
