import type { ReactNode } from 'react';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default function PublicLayout({ children }: { children: ReactNode }) {
  return <ClientMessages of={['accounts']}>{children}</ClientMessages>;
}
