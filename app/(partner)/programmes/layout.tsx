import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { StockMessages } from '@/components/stock/stock-messages';

export default function ProgrammesLayout({ children }: { children: ReactNode }) {
  return (
    <StockMessages>
      <NuqsAdapter>{children}</NuqsAdapter>
    </StockMessages>
  );
}
