import type { ReactNode } from 'react';
import { PersonShell } from '@/components/accounts/person-shell';
import { signedInPerson } from '@/lib/accounts/loaders';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default async function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <PersonShell person={await signedInPerson()}>
      <ClientMessages of={['accounts']}>{children}</ClientMessages>
    </PersonShell>
  );
}
