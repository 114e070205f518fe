'use client';

import { useState } from 'react';

/** A class that draws the eye once when `value` changes after the first paint, and the handler that takes it away. */
export function useFlash(value: string) {
  const [seen, setSeen] = useState({ value, flashing: false });
  if (seen.value !== value) setSeen({ value, flashing: true });
  return {
    className: seen.flashing ? 'inline-block animate-flash rounded-2xl' : undefined,
    onAnimationEnd: () => setSeen({ value, flashing: false }),
  };
}
