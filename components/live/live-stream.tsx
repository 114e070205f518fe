'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { connectLive } from '@/components/layout/live-line';
import { useLive } from '@/components/layout/use-live';
import { catchUp, mergeStock, noteSeen } from '@/components/stock/merge-stock';
import { stockKey } from '@/components/stock/use-stock';

/** Keeps all pages under it told of what changes: once, in the layout of whoever has a stream. Shows nothing. */
export function LiveStream({ account }: { account: string }) {
  const client = useQueryClient();
  const router = useRouter();
  const askAgain = (promoter?: string) => void client.invalidateQueries({ queryKey: stockKey(promoter) });
  useEffect(() => connectLive(account), [account]);
  useLive('stock', (json) => mergeStock(client, json));
  useLive('seen', (seen) => noteSeen(client, seen));
  useLive('hello', ({ promoters }) => {
    for (const promoter of promoters) noteSeen(client, promoter);
    catchUp(client);
  });
  useLive('resume', () => catchUp(client));
  useLive('resync', ({ promoter }) => askAgain(promoter ?? undefined));
  useLive('rights', ({ ended }) => {
    askAgain();
    // Whoever may see less is shown less at once. A session that ended leaves the page, and what was typed, as they are: the
    // stock's next answer says so.
    if (!ended) router.refresh();
  });
  return null;
}
