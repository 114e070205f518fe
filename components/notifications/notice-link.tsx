'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMarkRead } from '@/components/notifications/use-bell';

/** Leads to what a notice is about; going there is having read it. */
export function NoticeLink({
  id,
  href,
  unread,
  className,
  children,
}: {
  id: number;
  href: string;
  unread: boolean;
  className?: string;
  children: ReactNode;
}) {
  const markRead = useMarkRead();
  return (
    <Link href={href} prefetch={false} onClick={() => unread && void markRead([id])} className={className}>
      {children}
    </Link>
  );
}
