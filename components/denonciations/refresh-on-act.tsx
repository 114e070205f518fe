'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive } from '@/components/layout/use-live';
import type { ActKind } from '@/lib/core/live-events';

/** Several acts that come to rest together (a job's round, a half hour's ends) cost one reading. */
const GATHER_MS = 300;

/** Draws the page anew when an act of these kinds comes to rest, for what the server has drawn; once it is looked at. */
export function RefreshOnAct({ of }: { of: readonly ActKind[] }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const due = useRef(false);
  const refresh = () => {
    timer.current = null;
    due.current = document.visibilityState !== 'visible';
    if (!due.current) router.refresh();
  };
  const soon = () => {
    timer.current ??= setTimeout(refresh, GATHER_MS);
  };
  useLive('act', ({ act }) => of.includes(act) && soon());
  useLive('resume', soon);
  useEffect(() => {
    const shown = () => {
      if (!due.current || document.visibilityState !== 'visible') return;
      due.current = false;
      router.refresh();
    };
    document.addEventListener('visibilitychange', shown);
    return () => {
      document.removeEventListener('visibilitychange', shown);
      if (timer.current) clearTimeout(timer.current);
    };
  }, [router]);
  return null;
}
