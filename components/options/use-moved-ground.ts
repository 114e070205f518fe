import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { type Ground, groundOf, hasMoved } from '@/components/options/moved-ground';
import { useStock } from '@/components/stock/use-stock';
import type { Rank } from '@/lib/options/rules';
import type { LotRef } from '@/lib/options/schema';

/** What stands on screen: Koban granted a rank, or none; null while it is asked, or while the partner's confirmation is out. */
export type Answered = { rank: Rank | null } | null;

/** Calls back when the stock comes to say something else of the lot than when Koban answered. */
export function useMovedGround({ promoter, extcode }: LotRef, answered: Answered, onMoved: () => void): void {
  const { book } = useStock(promoter);
  const ground = useMemo(
    () => book && groundOf(book.lots.find((lot) => lot.extcode === extcode)),
    [book, extcode],
  );
  const before = useRef<Ground | null>(null);
  const moved = useEffectEvent(onMoved);
  useEffect(() => {
    const known = before.current;
    before.current = answered && ground;
    if (answered && ground && known && hasMoved(known, ground, answered.rank)) moved();
  }, [answered, ground]);
}
