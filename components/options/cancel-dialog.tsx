'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { ChangeDialog } from '@/components/options/change-dialog';
import { useChange } from '@/components/options/use-change';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { cancel } from '@/lib/options/actions';
import { cancelOptionSchema, type OptionLine } from '@/lib/options/schema';

/** « Annuler l’option »: the reason, and that it cannot be undone. */
export default function CancelDialog({
  line: live,
  open,
  onClose,
}: {
  line: OptionLine;
  open: boolean;
  onClose: () => void;
}) {
  const t = useTranslations('options.change.annulation');
  const fields = useTranslations('acts.fields');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const { stage, line, moved, confirm, again } = useChange(live, (form) => cancel({ ...form, reason }));
  const checked = cancelOptionSchema.shape.reason.safeParse(reason);
  const press = () => {
    setAsked(true);
    if (checked.success) confirm();
    else box.current?.focus();
  };
  const fault = reason.trim() === '' ? fields('required') : fields('too-long');
  return (
    <ChangeDialog
      kind="annulation"
      variant="danger"
      stage={stage}
      onConfirm={press}
      onAgain={again}
      {...{ line, moved, open, onClose }}
    >
      <Note tone="warn">{t('final')}</Note>
      <Field label={t('reason')} hint={t('reasonHint')} error={asked && !checked.success ? fault : undefined}>
        {(control) => (
          <Textarea
            {...control}
            ref={box}
            rows={3}
            value={reason}
            disabled={stage.kind === 'asking' && stage.lost}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ChangeDialog>
  );
}
