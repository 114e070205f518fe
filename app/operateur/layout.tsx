import type { ReactNode } from 'react';
import { PersonShell } from '@/components/accounts/person-shell';
import { signedInPerson } from '@/lib/accounts/loaders';
import { requireOperator } from '@/lib/auth/session';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  await requireOperator();
  return (
    <PersonShell person={await signedInPerson()}>
      <ClientMessages of={['accounts', 'operator']}>{children}</ClientMessages>
    </PersonShell>
  );
}
