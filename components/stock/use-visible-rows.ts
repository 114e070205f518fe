'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';
import { FIRST_ROWS } from '@/components/stock/first-lots';

// Drawn beyond each edge, so that a flick of the wheel meets rows and the tab key finds the next link.
const BEYOND = 8;

/**
 * Which rows of a list that scrolls with the page are worth drawing. Every row is as high as the first one in
 * `list`, so that 20,000 lots cost no more than 30: nothing is measured row by row.
 */
export function useVisibleRows(list: RefObject<HTMLElement | null>, count: number) {
  const [range, setRange] = useState({ from: 0, to: FIRST_ROWS });
  useLayoutEffect(() => {
    const look = () => {
      const height = list.current?.querySelector('tr')?.offsetHeight;
      if (!list.current || !height) return;
      const top = list.current.getBoundingClientRect().top;
      // In steps, so that most scroll events change nothing.
      const step = (pixels: number) => Math.floor(pixels / height / BEYOND) * BEYOND;
      const from = Math.max(0, step(-top) - BEYOND);
      const to = Math.min(count, step(window.innerHeight - top) + 2 * BEYOND);
      setRange((last) => (last.from === from && last.to === to ? last : { from, to }));
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [list, count]);
  // A list that has just shrunk above the reader shows its top until it is measured again.
  return range.from < count ? range : { from: 0, to: FIRST_ROWS };
}
