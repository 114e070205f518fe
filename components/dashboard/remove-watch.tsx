'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { unwatchAction } from '@/lib/notifications/actions';
import type { WatchInput } from '@/lib/notifications/schema';

/** Takes one lot off the list of those watched. */
export function RemoveWatch({
  watch,
  label,
  name,
  fault,
}: {
  watch: WatchInput;
  label: string;
  name: string;
  fault: string;
}) {
  const router = useRouter();
  const [failed, setFailed] = useState(false);
  const [pending, start] = useTransition();
  const remove = () =>
    start(async () => {
      const answer = await unwatchAction(watch).catch(() => null);
      setFailed(!answer || answer.serverError !== undefined);
      router.refresh();
    });
  return (
    <>
      <Button variant="ghost" size="sm" aria-label={name} pending={pending} onClick={remove}>
        {label}
      </Button>
      <p role="alert" className="basis-full text-accent text-sm empty:hidden">
        {failed && fault}
      </p>
    </>
  );
}
