'use client';

import { useEffect } from 'react';

/** Well within the twelve idle hours, and rare enough to cost nothing. */
const everyMs = 30 * 60_000;

let renewedAt = 0;

/** Renews the session of a page in use: when it is shown again and every half hour while it is seen. */
export function SessionKeeper() {
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState !== 'visible' || Date.now() - renewedAt < everyMs) return;
      renewedAt = Date.now();
      // Without a network there is nothing to renew; the next moment in use tries again.
      fetch('/api/auth/session', { cache: 'no-store' })
        .then((response) => response.text())
        .catch(() => {
          renewedAt = 0;
        });
    };
    renew();
    const timer = setInterval(renew, everyMs);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, []);
  return null;
}
