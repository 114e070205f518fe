import { useRouter } from 'next/navigation';
import { type MouseEvent, useCallback } from 'react';

/**
 * Follows a plain link of a long list without loading the page anew. One handler serves them all: 300 `Link`s would each
 * carry their own state, and the server would draw thirty of them with every programme.
 */
export function useFollow() {
  const router = useRouter();
  return useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      // A click for a new tab or window is the browser's own business.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      router.push(event.currentTarget.pathname);
    },
    [router],
  );
}

export type Follow = ReturnType<typeof useFollow>;
