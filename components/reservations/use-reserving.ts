'use client';

import { useRef, useState } from 'react';
import { newId } from '@/lib/core/ids';

type Reserving = { kind: 'begun'; id: string } | { kind: 'refused'; code: string };
type Answer = { data?: Reserving; serverError?: string };

/** Why nothing was begun, or `lost`: it may have been, and asking again is safe. `sent`: an earlier try of it may have been. */
export type ReservingFault =
  | { kind: 'lost' }
  | { kind: 'signed-out'; sent: boolean }
  | { kind: 'refused'; code: string };

/**
 * Sends an act on a reservation, once however often one presses: its key says that it is the same, until it is answered.
 * @param onBegun the act is under way or at rest: its page tells where it stands
 */
export function useReserving(onBegun: (id: string) => void) {
  const formKey = useRef(newId());
  const sending = useRef(false);
  const lost = useRef(false);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<ReservingFault | null>(null);

  const send = async (call: (formKey: string) => Promise<Answer | undefined>): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    setPending(true);
    setFault(null);
    const found = faultOf(await call(formKey.current).catch(() => null), lost.current);
    sending.current = false;
    setPending(false);
    if (found.kind === 'begun') {
      onBegun(found.id);
      return;
    }
    // Answered: what is sent next is another act.
    if (found.kind === 'refused') formKey.current = newId();
    if (found.kind !== 'signed-out') lost.current = found.kind === 'lost';
    setFault(found);
  };
  return { send, pending, fault };
}

function faultOf(
  answer: Answer | null | undefined,
  sent: boolean,
): ReservingFault | { kind: 'begun'; id: string } {
  if (answer?.serverError === 'signed-out') return { kind: 'signed-out', sent };
  return answer?.data ?? { kind: 'lost' };
}
