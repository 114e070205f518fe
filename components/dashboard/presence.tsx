'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { visitAction } from '@/lib/dashboard/actions';

/** Going from page to page is a sign of the person; so often is enough for a visit that ends after half an hour. */
const everyMs = 5 * 60_000;

let saidAt = 0;

/** Says, now and then, that the person is here, so that « since my last visit » counts from when they left. */
export function Presence() {
  const path = usePathname();
  useEffect(() => {
    if (!path || Date.now() - saidAt < everyMs) return;
    saidAt = Date.now();
    visitAction().catch(() => {
      saidAt = 0;
    });
  }, [path]);
  return null;
}
