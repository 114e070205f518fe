'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChangeDialog } from '@/components/options/change-dialog';
import { useChange } from '@/components/options/use-change';
import { SelectField } from '@/components/ui/input';
import { formatShort } from '@/lib/core/paris';
import { prolong } from '@/lib/options/actions';
import { type Prolongation, prolongationChoices } from '@/lib/options/rules';
import type { OptionLine } from '@/lib/options/schema';

/** « Prolonger »: until when, among the ends that the promoter's settings allow. Once in an option's life. */
export default function ProlongDialog({
  line,
  bounds,
  open,
  onClose,
}: {
  line: OptionLine;
  bounds: Prolongation;
  open: boolean;
  onClose: () => void;
}) {
  const t = useTranslations('options.change.prolongation');
  const locale = useLocale();
  const [until, setUntil] = useState(bounds.proposed.toISOString());
  const { stage, confirm, again } = useChange(line.programme.promoter, (formKey) =>
    prolong({ formKey, id: line.id, until }),
  );
  return (
    <ChangeDialog
      kind="prolongation"
      variant="primary"
      stage={stage}
      onConfirm={confirm}
      onAgain={again}
      {...{ line, open, onClose }}
    >
      <SelectField
        label={t('until')}
        hint={t('once', { at: formatShort(bounds.latest, locale) })}
        value={until}
        // A confirmation that left is for this end and no other.
        disabled={stage.kind === 'asking' && stage.lost}
        onChange={(event) => setUntil(event.target.value)}
      >
        {prolongationChoices(line.expiresAt, bounds).map((end) => (
          <option key={end.getTime()} value={end.toISOString()}>
            {formatShort(end, locale)}
          </option>
        ))}
      </SelectField>
    </ChangeDialog>
  );
}
