'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { newId } from '@/lib/core/ids';
import type { cancel, prolong } from '@/lib/options/actions';
import type { OptionLine } from '@/lib/options/schema';

type Answer = Awaited<ReturnType<typeof prolong>> | Awaited<ReturnType<typeof cancel>>;
/** What became of the change, once it is known or known to be unknown. */
export type ChangeOutcome = Exclude<NonNullable<Answer['data']>, { kind: 'pending' }>;

/** What the dialog shows. `lost`: the change left, its answer never came; it may be asked for again without risk. `sent`: the session ended once the change may have left. */
export type ChangeStage =
  | { kind: 'asking'; lost: boolean }
  | { kind: 'sending' }
  | { kind: 'signed-out'; sent: boolean }
  | { kind: 'fault' }
  | { kind: 'ended'; outcome: ChangeOutcome };

const POLL_MS = 700;

/**
 * One change of an option: sent once however often one presses, and its answer waited for.
 * @param live the option as it stands: it is what is asked about, until the partner confirms
 * @returns `line`: the option as it stood when it was asked about last. `moved`: at another rank than the dialog opened on
 */
export function useChange(
  live: OptionLine,
  send: (form: { formKey: string; id: string; rank: OptionLine['rank'] }) => Promise<Answer>,
) {
  const [stage, setStage] = useState<ChangeStage>({ kind: 'asking', lost: false });
  const [line, setLine] = useState(live);
  const [openedOn] = useState(live.rank);
  // What left already, or may have, was about the option as it was then.
  if (stage.kind === 'asking' && !stage.lost && line !== live) setLine(live);
  // One key for each question shown: pressed twice, or asked again after a lost answer, it is one act.
  const formKey = useRef(newId());
  const sending = useRef(false);
  const stock = useQueryClient();
  const router = useRouter();

  const confirm = async () => {
    if (sending.current) return;
    sending.current = true;
    const again = stage.kind === 'asking' && stage.lost;
    setStage({ kind: 'sending' });
    const { id, rank } = line;
    setStage(await askToChange(() => send({ formKey: formKey.current, id, rank }), again));
    sending.current = false;
    void stock.invalidateQueries({ queryKey: ['stock', line.programme.promoter] });
    router.refresh();
  };

  return {
    stage,
    line,
    moved: line.rank !== openedOn,
    confirm: () => void confirm(),
    /** Another question, with what was typed still there. */
    again: () => {
      formKey.current = newId();
      setStage({ kind: 'asking', lost: false });
    },
  };
}

/**
 * Asks with the same form until there is an answer: while another press of it is being sent, there is none yet.
 * @param again the same change may have left before: without a session, nobody can say that nothing was sent
 */
export async function askToChange(ask: () => Promise<Answer>, again: boolean): Promise<ChangeStage> {
  let sent = again;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (!answer) return { kind: 'asking', lost: true };
    if (answer.serverError === 'signed-out') return { kind: 'signed-out', sent };
    // A fault on our side may have come after the change left: the same question may be asked again.
    if (answer.serverError !== undefined) return { kind: 'asking', lost: true };
    if (!answer.data) return { kind: 'fault' };
    if (answer.data.kind !== 'pending') return { kind: 'ended', outcome: answer.data };
    sent = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
