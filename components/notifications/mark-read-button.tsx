'use client';

import { useTransition } from 'react';
import { useMarkRead } from '@/components/notifications/use-bell';
import { Button, type ButtonVariant } from '@/components/ui/button';

/** Marks one notice, or all of them, as read. */
export function MarkReadButton({
  id,
  label,
  name,
  variant,
}: {
  /** Null: all. */
  id: number | null;
  label: string;
  /** What is read aloud when several buttons bear the same label. */
  name?: string;
  variant?: ButtonVariant;
}) {
  const markRead = useMarkRead();
  const [pending, start] = useTransition();
  return (
    <Button
      variant={variant}
      size="sm"
      pending={pending}
      aria-label={name}
      onClick={() => start(() => markRead(id === null ? null : [id]))}
    >
      {label}
    </Button>
  );
}
