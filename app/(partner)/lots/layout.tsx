import type { ReactNode } from 'react';
import { ClientMessages } from '@/lib/i18n/client-messages';

export default function LotsLayout({ children }: { children: ReactNode }) {
  return <ClientMessages of={['acts', 'options', 'stock']}>{children}</ClientMessages>;
}
