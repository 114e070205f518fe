'use client';

import { useSyncExternalStore } from 'react';
import { Note } from '@/components/ui/note';

function subscribe(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Says that the device has lost the network, so that nobody takes the screen for the present. */
export function OfflineNote({ text }: { text: string }) {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status">
      {!online && (
        <Note tone="warn" className="rounded-none sm:px-8">
          {text}
        </Note>
      )}
    </div>
  );
}
