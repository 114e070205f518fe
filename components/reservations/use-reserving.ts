'use client';

import { useRef, useState } from 'react';
import { newId } from '@/lib/core/ids';

type Reserving = { kind: 'begun'; id: string } | { kind: 'refused'; code: string };
type Answer = { data?: Reserving; serverError?: string };

/** Why nothing was begun, or `lost`: it may have been, and asking again is safe. */
export type ReservingFault = { kind: 'lost' | 'signed-out' } | { kind: 'refused'; code: string };

/**
 * Sends an act on a reservation, once however often one presses: its key says that it is the same, until it is answered.
 * @param onBegun the act is under way or at rest: its page tells where it stands
 */
export function useReserving(onBegun: (id: string) => void) {
  const formKey = useRef(newId());
  const sending = useRef(false);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<ReservingFault | null>(null);

  /** @returns whether the act was begun */
  const send = async (call: (formKey: string) => Promise<Answer | undefined>): Promise<boolean> => {
    if (sending.current) return false;
    sending.current = true;
    setPending(true);
    setFault(null);
    const found = faultOf(await call(formKey.current).catch(() => null));
    sending.current = false;
    setPending(false);
    if (found.kind === 'begun') {
      onBegun(found.id);
      return true;
    }
    // Answered: what is sent next is another act.
    if (found.kind === 'refused') formKey.current = newId();
    setFault(found);
    return false;
  };
  return { send, pending, fault };
}

function faultOf(answer: Answer | null | undefined): ReservingFault | { kind: 'begun'; id: string } {
  if (answer?.serverError === 'signed-out') return { kind: 'signed-out' };
  return answer?.data ?? { kind: 'lost' };
}
