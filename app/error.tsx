'use client';

import { type Fault, FaultPage } from '@/components/layout/fault-page';

export default function ErrorPage(fault: Fault) {
  return <FaultPage {...fault} />;
}
