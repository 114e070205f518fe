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
  line: live,
  bounds: opened,
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
  const [chosen, setChosen] = useState(opened.proposed.toISOString());
  const { stage, line, moved, confirm, again } = useChange(live, (form) => prolong({ ...form, until }));
  // No longer to be prolonged: the server says why, once asked.
  const bounds = line.prolongation ?? opened;
  const ends = prolongationChoices(line.expiresAt, bounds).map((end) => end.toISOString());
  const until = ends.includes(chosen) ? chosen : bounds.proposed.toISOString();
  return (
    <ChangeDialog
      kind="prolongation"
      variant="primary"
      stage={stage}
      onConfirm={confirm}
      onAgain={again}
      {...{ line, moved, open, onClose }}
    >
      <SelectField
        label={t('until')}
        hint={t('once', { at: formatShort(bounds.latest, locale) })}
        value={until}
        // A confirmation that left is for this end and no other.
        disabled={stage.kind === 'asking' && stage.lost}
        onChange={(event) => setChosen(event.target.value)}
      >
        {ends.map((end) => (
          <option key={end} value={end}>
            {formatShort(new Date(end), locale)}
          </option>
        ))}
      </SelectField>
    </ChangeDialog>
  );
}
