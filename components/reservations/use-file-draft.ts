'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { keepFields } from '@/lib/reservations/actions';
import type { FileField, FileForm, FileStep } from '@/lib/reservations/schema';

/** Long enough to wait for the end of a word, short enough to lose no more than one. */
const PAUSE_MS = 700;
/** How soon a save that failed is tried again. */
const AGAIN_MS = 4_000;

export type FileDraftState =
  | { kind: 'untouched' | 'offline' | 'signed-out' | 'closed' }
  | { kind: 'saved'; at: Date };

const changed = (from: FileForm, to: FileForm): Partial<FileForm> =>
  Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name as FileField] !== value));

/**
 * Keeps the file as it is typed, field by field: only what changed here is sent, so that another device's fields stay. What could not be
 * kept is tried again, and said.
 */
export function useFileDraft(
  form: UseFormReturn<FileForm>,
  { id, step, start }: { id: string; step: FileStep; start: FileForm },
) {
  const [state, setState] = useState<FileDraftState>({ kind: 'untouched' });
  const kept = useRef(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef(false);
  const saving = useRef(false);
  // Asked for while a save was on its way: made once it is back.
  const once = useRef(false);
  const at = useRef(step);
  at.current = step;

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (held.current) return;
    if (saving.current) {
      once.current = true;
      return;
    }
    once.current = false;
    const values = form.getValues();
    const fields = changed(kept.current, values);
    saving.current = true;
    const answer = await keepFields({ id, step: at.current, fields }).catch(() => null);
    saving.current = false;
    if (answer?.data) {
      kept.current = { ...kept.current, ...fields };
      setState({ kind: 'saved', at: new Date(answer.data.savedAt) });
    } else if (answer?.serverError === 'file-closed') {
      setState({ kind: 'closed' });
      return;
    } else {
      setState({ kind: answer?.serverError === 'signed-out' ? 'signed-out' : 'offline' });
    }
    // Typed while it was being kept, or not kept: once more.
    const left = Object.keys(changed(kept.current, form.getValues())).length > 0;
    if (left || once.current)
      timer.current = setTimeout(() => void save(), answer?.data ? PAUSE_MS : AGAIN_MS);
  }, [form, id]);

  useEffect(() => {
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        if (held.current) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void save(), PAUSE_MS);
      },
    });
    // Whoever leaves the tab in the middle of a word finds it again.
    const leaving = () => {
      if (document.visibilityState === 'hidden' && timer.current) void save();
    };
    document.addEventListener('visibilitychange', leaving);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', leaving);
      if (timer.current) void save();
    };
  }, [form, save]);

  return {
    state,
    /** Keeps what was typed and where the form now stands. */
    saveAt: (to: FileStep) => {
      at.current = to;
      void save();
    },
    /** While the file is being sent nothing is kept: the sending carries it whole. */
    hold: () => {
      held.current = true;
      clearTimeout(timer.current);
    },
    release: () => {
      held.current = false;
      void save();
    },
  };
}
