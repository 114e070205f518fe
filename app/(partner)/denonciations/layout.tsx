import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default function DenonciationsLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages of={['acts', 'common', 'denonciations']}>
      <NuqsAdapter>{children}</NuqsAdapter>
    </ClientMessages>
  );
}
