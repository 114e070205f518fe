'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Draws the page anew at this pace while it is looked at, for a list that holds acts under way; from an instant on, if one is given. */
export function RefreshWhileOpen({ everyMs, from = 0 }: { everyMs: number; from?: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (Date.now() >= from && document.visibilityState === 'visible') router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs, from]);
  return null;
}
