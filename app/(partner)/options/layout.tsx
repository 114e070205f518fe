import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default function OptionsLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages of={['acts', 'common', 'options']}>
      <NuqsAdapter>{children}</NuqsAdapter>
    </ClientMessages>
  );
}
