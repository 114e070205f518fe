'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { TextareaField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { toasts } from '@/components/ui/toasts';
import { judge } from '@/lib/admin/actions';
import { judgeSchema } from '@/lib/admin/schema';

/** « Effectué » or « Non effectué », with what the person saw in Koban. */
export function JudgeForm({ id }: { id: string }) {
  const t = useTranslations('admin.uncertain');
  const fields = useTranslations('admin.fields');
  const { run, pending, fault } = useAct();
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState<'note-missing' | 'note-long' | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  const say = (verdict: 'done' | 'not-done') => {
    const parsed = judgeSchema.safeParse({ id, verdict, note });
    if (!parsed.success) {
      setWrong(note.trim().length < 3 ? 'note-missing' : 'note-long');
      field.current?.focus();
      return;
    }
    run(() => judge(parsed.data), {
      done: ({ kind }) => toasts.add({ title: t(kind), type: kind === 'judged' ? 'done' : 'danger' }),
    });
  };
  return (
    <div className="grid gap-3">
      <TextareaField
        ref={field}
        label={t('note')}
        hint={t('noteHint')}
        error={wrong ? fields(wrong) : undefined}
        rows={2}
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
          setWrong(null);
        }}
      />
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <fieldset aria-label={t('judge')} className="flex flex-wrap gap-2.5">
        <Button variant="primary" pending={pending} pendingLabel={t('pending')} onClick={() => say('done')}>
          {t('done')}
        </Button>
        <Button variant="caution" pending={pending} onClick={() => say('not-done')}>
          {t('notDone')}
        </Button>
      </fieldset>
    </div>
  );
}
