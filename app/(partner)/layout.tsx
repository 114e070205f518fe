import type { ReactNode } from 'react';
import { PersonShell } from '@/components/accounts/person-shell';
import { Presence } from '@/components/dashboard/presence';
import { LiveStream } from '@/components/live/live-stream';
import { Bell } from '@/components/notifications/bell';
import { QueryProvider } from '@/components/stock/query-provider';
import { signedInPerson } from '@/lib/accounts/loaders';
import { requirePartner } from '@/lib/auth/session';

/** Every page of a partner. Each page asks for the right again: a layout is not drawn anew from one page to the next. */
export default async function PartnerLayout({ children }: { children: ReactNode }) {
  const { account } = await requirePartner();
  const person = await signedInPerson();
  return (
    <QueryProvider>
      <LiveStream account={account} />
      <PersonShell person={person} bell={<Bell />}>
        <Presence />
        {children}
      </PersonShell>
    </QueryProvider>
  );
}
