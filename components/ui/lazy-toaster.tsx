'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

const Toaster = dynamic(() => import('@/components/ui/toast'));

/** The toaster, fetched after the page has become usable. Not by `ssr: false`: the server would throw and catch for every page. */
export function LazyToaster({ closeLabel }: { closeLabel: string }) {
  const [usable, setUsable] = useState(false);
  useEffect(() => setUsable(true), []);
  return usable && <Toaster closeLabel={closeLabel} />;
}
