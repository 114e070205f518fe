import type { ReactNode } from 'react';
import { PersonShell } from '@/components/accounts/person-shell';
import { Bell } from '@/components/notifications/bell';
import { QueryProvider } from '@/components/stock/query-provider';
import { signedInPerson } from '@/lib/accounts/loaders';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const person = await signedInPerson();
  const partner = person.role === 'adviser' || person.role === 'manager';
  return (
    <QueryProvider>
      <PersonShell person={person} bell={partner && <Bell />}>
        <ClientMessages of={['accounts']}>{children}</ClientMessages>
      </PersonShell>
    </QueryProvider>
  );
}
