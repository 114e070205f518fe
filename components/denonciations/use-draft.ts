'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { dropDraft, keepDraft } from '@/lib/denonciations/actions';
import type { DenonciationForm, Draft } from '@/lib/denonciations/schema';

/** Long enough to wait for the end of a word, short enough to lose no more than one. */
const PAUSE_MS = 800;

export type DraftState =
  | { kind: 'untouched' }
  | { kind: 'saved'; at: Date }
  | { kind: 'offline' | 'signed-out' };

/** What this tab keeps when the server could not: read once, when the form opens again. */
const tabKey = (account: string) => `parvis.denonciation.${account}`;

/** The form that this tab kept because the server could not be told; null when there is none. */
export function draftOfTab(account: string): Draft | null {
  try {
    const kept = sessionStorage.getItem(tabKey(account));
    return kept === null ? null : (JSON.parse(kept) as Draft);
  } catch {
    // Storage refused, or not ours: the server's draft stands.
    return null;
  }
}

function keepInTab(account: string, values: Draft | null): void {
  try {
    if (values === null) sessionStorage.removeItem(tabKey(account));
    else sessionStorage.setItem(tabKey(account), JSON.stringify(values));
  } catch {
    // Storage refused: what is typed still stands in the form.
  }
}

/**
 * Keeps the form as it is typed: on the server, and in this tab when the server cannot be told (no network, session ended).
 * @param account whose draft it is: another person who signs in on this tab must not see it
 */
export function useDraft(form: UseFormReturn<DenonciationForm>, account: string) {
  const [state, setState] = useState<DraftState>({ kind: 'untouched' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef(false);

  const save = useCallback(
    async (values: DenonciationForm) => {
      clearTimeout(timer.current);
      timer.current = undefined;
      const answer = await keepDraft({ values }).catch(() => null);
      // Sent meanwhile: the draft is the server's to forget.
      if (held.current) return;
      const kept = answer !== null && answer.serverError === undefined;
      keepInTab(account, kept ? null : values);
      if (kept) setState({ kind: 'saved', at: new Date() });
      else setState({ kind: answer?.serverError === 'signed-out' ? 'signed-out' : 'offline' });
    },
    [account],
  );

  useEffect(() => {
    const stop = form.subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        if (held.current) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void save(values), PAUSE_MS);
      },
    });
    // Whoever leaves the tab in the middle of a word finds it again.
    const leaving = () => {
      if (document.visibilityState === 'hidden' && timer.current) void save(form.getValues());
    };
    document.addEventListener('visibilitychange', leaving);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', leaving);
      if (timer.current) void save(form.getValues());
    };
  }, [form, save]);

  return {
    state,
    /** While the form is being sent nothing is kept: a late save must not bring back what was filed. */
    hold: () => {
      held.current = true;
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    release: (values: DenonciationForm) => {
      held.current = false;
      keepInTab(account, values);
      void save(values);
    },
    filed: () => keepInTab(account, null),
    forget: async () => {
      keepInTab(account, null);
      clearTimeout(timer.current);
      timer.current = undefined;
      setState({ kind: 'untouched' });
      await dropDraft().catch(() => null);
    },
  };
}
