'use client';

import { FaultPage, type Fault } from '@/components/layout/fault-page';

export default function ErrorPage(fault: Fault) {
  return <FaultPage {...fault} />;
}
