'use client';

import { useState } from 'react';

/** Whether `value` has just changed before the reader's eyes, and the handler that ends the flash. */
export function useFlash(value: string) {
  const [seen, setSeen] = useState({ value, flashing: false });
  if (seen.value !== value) setSeen({ value, flashing: true });
  return {
    flashing: seen.flashing,
    onAnimationEnd: () => setSeen({ value, flashing: false }),
  };
}
