'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLive } from '@/components/layout/use-live';
import { markReadAction } from '@/lib/notifications/actions';
import { type Bell, bellSchema } from '@/lib/notifications/schema';

const key = ['notifications'];
/** A tab that is looked at asks so often, should the stream be cut; one that is not, not at all. */
const EVERY_MS = 60_000;

async function readBell(): Promise<Bell> {
  const response = await fetch('/api/notifications', { cache: 'no-store' });
  if (!response.ok) throw new Error(`The bell was answered ${response.status}`);
  return bellSchema.parse(await response.json());
}

/** What this person was told, kept up to date while the page is looked at. */
export function useBell() {
  const client = useQueryClient();
  const read = () => void client.invalidateQueries({ queryKey: key });
  useLive('note', read);
  useLive('resume', read);
  return useQuery({
    queryKey: key,
    queryFn: readBell,
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
  });
}

/** Marks notices as read, all when `ids` is null, and brings the bell up to date. */
export function useMarkRead() {
  const client = useQueryClient();
  return useCallback(
    async (ids: number[] | null) => {
      // Without a network it stays unread, which is true.
      await markReadAction({ ids }).catch(() => null);
      await client.invalidateQueries({ queryKey: key });
    },
    [client],
  );
}
