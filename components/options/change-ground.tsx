'use client';

import { useTranslations } from 'next-intl';
import { Note } from '@/components/ui/note';
import type { OptionLine } from '@/lib/options/schema';

/** That the option about to be changed is no longer what the partner opened the window on; nothing while it is. */
export function ChangeGround({ line, moved }: { line: Pick<OptionLine, 'state' | 'rank'>; moved: boolean }) {
  const t = useTranslations('options.change');
  if (line.state !== 'placed')
    return (
      <Note tone="warn" live title={t('overTitle')}>
        {t('overText')}
      </Note>
    );
  if (!moved || line.rank === null) return null;
  return (
    <Note tone="warn" live title={t('movedTitle', { rank: line.rank })}>
      {t('movedText', { rank: line.rank })}
    </Note>
  );
}
