import { useEffect, useState } from 'react';
import { useStock } from '@/components/stock/use-stock';
import { freshness } from '@/lib/stock/rules';
import type { Freshness } from '@/lib/stock/schema';

// Freshness turns on minutes; looking again every ten seconds is soon enough.
const LOOK_MS = 10_000;

/**
 * How old the stock on screen is, now: what the server said, until this browser has asked for itself. `refused`: it was told that
 * this person may not ask any more.
 */
export function useFreshness(promoter: string, fromServer: Freshness): Freshness & { refused: boolean } {
  const { book, seenAt, attemptAt, refused } = useStock(promoter);
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    const look = () => setNow(new Date());
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!now) return { ...fromServer, refused };
  if (book) return { ...freshness(seenAt, attemptAt, now), refused };
  return { ...freshness(fromServer.seenAt, fromServer.why === 'not-asking' ? null : now, now), refused };
}
