'use client';

import dynamic from 'next/dynamic';

/** The toaster, fetched after the page has become usable. */
export const LazyToaster = dynamic(() => import('@/components/ui/toast'), { ssr: false });
