'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { changesBetween } from '@/lib/dossiers/rules';
import type { FileField, FileForm, FileStep } from '@/lib/dossiers/schema';
import { keepFields } from '@/lib/reservations/actions';

/** Long enough to wait for the end of a word, short enough to lose no more than one. */
const PAUSE_MS = 700;
/** How soon a save that failed is tried again. */
const AGAIN_MS = 4_000;

export type FileDraftState =
  | { kind: 'untouched' | 'offline' | 'signed-out' | 'closed' }
  /** `others`: how many fields came from another screen. */
  | { kind: 'saved'; at: Date; others: number };

const isEmpty = (fields: Partial<FileForm>) => Object.keys(fields).length === 0;

/**
 * Keeps the file as it is typed, field by field: only what changed here is sent, so that another device's fields stay, and come here
 * with the answer. What could not be kept is tried again, and said.
 */
export function useFileDraft(
  form: UseFormReturn<FileForm>,
  { id, step, start, closed }: { id: string; step: FileStep; start: FileForm; closed: boolean },
) {
  const [state, setState] = useState<FileDraftState>({ kind: 'untouched' });
  const kept = useRef(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef(false);
  const saving = useRef<Promise<unknown>>(undefined);
  // Asked for while a save was on its way: made once it is back.
  const once = useRef(false);
  const at = useRef(step);
  at.current = step;
  const shut = useRef(closed);
  shut.current = closed;

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (held.current || shut.current) return;
    if (saving.current) {
      once.current = true;
      return;
    }
    once.current = false;
    const values = form.getValues();
    const fields = changesBetween(kept.current, values);
    const asked = keepFields({ id, step: at.current, fields }).catch(() => null);
    saving.current = asked;
    const answer = await asked;
    saving.current = undefined;
    if (answer?.data) {
      const { savedAt, file } = answer.data;
      const others = changesBetween({ ...kept.current, ...fields }, file);
      kept.current = file;
      const now = form.getValues();
      for (const [name, value] of Object.entries(others) as [FileField, FileForm[FileField]][]) {
        // What is being typed here goes before.
        if (now[name] === values[name]) form.setValue(name, value, { shouldDirty: true });
      }
      setState({ kind: 'saved', at: new Date(savedAt), others: Object.keys(others).length });
    } else if (answer?.serverError === 'file-closed') {
      setState({ kind: 'closed' });
      return;
    } else {
      setState({ kind: answer?.serverError === 'signed-out' ? 'signed-out' : 'offline' });
    }
    // Typed while it was being kept, or not kept: once more.
    const left = !isEmpty(changesBetween(kept.current, form.getValues()));
    if (left || once.current)
      timer.current = setTimeout(() => void save(), answer?.data ? PAUSE_MS : AGAIN_MS);
  }, [form, id]);

  useEffect(() => {
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        if (held.current || isEmpty(changesBetween(kept.current, form.getValues()))) return;
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
    /** While the file is being sent nothing is kept: the sending carries it whole. @returns what is known to be kept of it */
    hold: async (): Promise<FileForm> => {
      held.current = true;
      clearTimeout(timer.current);
      await saving.current;
      return kept.current;
    },
    /** The sending is over. `sent`: the file as it left and is kept; without it, what was typed is kept as before. */
    release: (sent?: FileForm) => {
      held.current = false;
      if (sent) kept.current = sent;
      else void save();
    },
  };
}
