'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { denonciationHref, outcomeHref } from '@/components/denonciations/links';
import { newId } from '@/lib/core/ids';
import { denounce, keepDraft } from '@/lib/denonciations/actions';
import type { DenonciationForm, ProgrammeRef } from '@/lib/denonciations/schema';

type Answer = NonNullable<Awaited<ReturnType<typeof denounce>>['data']>;
type Filing = Answer['filings'][number];
export type RefusedFiling = Extract<Filing, { kind: 'refused' }>;

/** Why there is no answer, when it is not one programme's own matter. `signedOutSent`: the same form may have left before. */
export type FilingFault = 'lost' | 'signedOut' | 'signedOutSent' | 'formReused' | 'forbidden' | 'unexpected';

type Draft = {
  hold: () => void;
  release: (values: DenonciationForm) => void;
  filed: () => void;
};

type Answered = Awaited<ReturnType<typeof denounce>> | null;

/**
 * Why nothing came of sending the form; null when it was answered.
 * @param before what became of the same form when it was last sent: without an answer, it may have left
 */
export function faultOf(answer: Answered, before: FilingFault | null): FilingFault | null {
  if (!answer) return 'lost';
  if (answer.serverError === 'forbidden') return 'forbidden';
  if (answer.serverError === 'signed-out') return mayHaveLeft(before) ? 'signedOutSent' : 'signedOut';
  return answer.data && answer.serverError === undefined ? null : 'unexpected';
}

const mayHaveLeft = (fault: FilingFault | null): boolean =>
  fault === 'lost' || fault === 'unexpected' || fault === 'signedOutSent';

/**
 * Sends the form, once however often one presses: its key says that it is the same. Goes on to the steps when something was
 * filed; otherwise says why, and the form stays as it is.
 * @param lot the lot from which the form was opened, to come back to once the prospect is denounced
 */
export function useFiling(form: UseFormReturn<DenonciationForm>, draft: Draft, lot: string | null) {
  const router = useRouter();
  const sending = useRef(false);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<FilingFault | null>(null);
  const [refused, setRefused] = useState<RefusedFiling[]>([]);

  const giveBack = (values: DenonciationForm, why: FilingFault | null) => {
    setFault(why);
    sending.current = false;
    setPending(false);
    draft.release(values);
  };

  const send = async (values: DenonciationForm) => {
    if (sending.current) return;
    sending.current = true;
    setPending(true);
    setFault(null);
    setRefused([]);
    draft.hold();
    const answer = await denounce(values).catch(() => null);
    const why = faultOf(answer, fault);
    if (why !== null || !answer?.data) return giveBack(values, why);
    await follow(values, answer.data.filings);
  };

  const follow = async (values: DenonciationForm, filings: Filing[]) => {
    const acts = filings.flatMap((filing) => (filing.kind === 'filed' ? [filing.id] : []));
    const kept = filings.flatMap((filing) => (filing.kind === 'refused' ? [filing] : []));
    if (acts.length === 0) {
      const reused = kept.some(({ code }) => code === 'form-reused');
      // This key's act is another: what stands here now, if sent on purpose, is a new one.
      if (reused) form.setValue('formKey', newId());
      else setRefused(kept);
      return giveBack(form.getValues(), reused ? 'formReused' : null);
    }
    draft.filed();
    if (kept.length > 0) await keepRest(values, kept);
    const [only] = acts;
    // The form is no place to come back to: it is filed.
    router.replace(
      acts.length === 1 && only !== undefined && kept.length === 0
        ? denonciationHref(only, lot)
        : outcomeHref(values.formKey),
    );
  };

  return { send, pending, fault, refused };
}

/** What was not filed stays a draft, as a form of its own. */
async function keepRest(values: DenonciationForm, refused: RefusedFiling[]): Promise<void> {
  const programmes: ProgrammeRef[] = refused.map(({ programme }) => programme);
  await keepDraft({ values: { ...values, formKey: newId(), programmes } }).catch(() => null);
}
