'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

/** Keeps what the browser has fetched from one page to the next: the stock is downloaded once, then only its changes. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        // Half an hour without a page that shows it: long enough for a call to a client, short enough for the memory.
        defaultOptions: { queries: { gcTime: 30 * 60_000, retry: 2 } },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
