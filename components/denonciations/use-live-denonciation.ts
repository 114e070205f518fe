'use client';

import { useQuery } from '@tanstack/react-query';
import { pollPace } from '@/components/denonciations/act-steps';
import { useLive } from '@/components/layout/use-live';
import { type LiveDenonciation, liveDenonciationSchema } from '@/lib/denonciations/schema';

/** Asking again would change nothing: the session ended, or the act is not this person's to see. */
class Refused extends Error {
  constructor(readonly why: 'signed-out' | 'gone') {
    super(why);
  }
}

async function fetchLive(id: string, signal: AbortSignal): Promise<LiveDenonciation> {
  const response = await fetch(`/api/denonciations/${id}`, { signal });
  if (response.status === 401) throw new Refused('signed-out');
  if (response.status === 403 || response.status === 404) throw new Refused('gone');
  if (!response.ok) throw new Error(`The act answered ${response.status}.`);
  return liveDenonciationSchema.parse(await response.json());
}

/** A dénonciation as it moves. `trouble`: why what is shown may no longer be the latest. */
export function useLiveDenonciation(id: string, fromServer: LiveDenonciation) {
  const { data, error, refetch } = useQuery({
    queryKey: ['denonciation', id],
    queryFn: ({ signal }) => fetchLive(id, signal),
    initialData: fromServer,
    staleTime: 0,
    refetchOnMount: !fromServer.settled,
    refetchInterval: ({ state }) => {
      if (state.error instanceof Refused) return false;
      return state.data ? pollPace(state.data, new Date()) : 2_000;
    },
    // The interval tries again by itself.
    retry: false,
  });
  useLive('act', (event) => event.id === id && void refetch());
  useLive('resume', () => void refetch());
  const trouble = error === null ? null : error instanceof Refused ? error.why : 'interrupted';
  return { live: data, trouble, refetch } as const;
}
