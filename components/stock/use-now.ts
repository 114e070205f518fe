import { useEffect, useState } from 'react';

// What is believed of a lot's options turns on half hours: a minute late is soon enough, and a list is drawn again for it.
const LOOK_MS = 60_000;

/** The time, a minute behind at most: what depends on it is drawn again as it passes. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
