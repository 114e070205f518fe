import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { PersonShell } from '@/components/accounts/person-shell';
import { LiveStream } from '@/components/live/live-stream';
import { QueryProvider } from '@/components/stock/query-provider';
import { signedInPerson } from '@/lib/accounts/loaders';
import { requireStaff } from '@/lib/auth/session';
import { ClientMessages } from '@/lib/i18n/client-messages';

/** Every page of a promoter's staff. Each page asks for the right again: a layout is not drawn anew from one page to the next. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { account } = await requireStaff();
  return (
    <QueryProvider>
      <LiveStream account={account} />
      <PersonShell person={await signedInPerson()}>
        <ClientMessages of={['accounts', 'acts', 'admin', 'common']}>
          <NuqsAdapter>{children}</NuqsAdapter>
        </ClientMessages>
      </PersonShell>
    </QueryProvider>
  );
}
