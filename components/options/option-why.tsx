'use client';

import { useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import type { OptionLine } from '@/lib/options/schema';

/** Why an option is in doubt, or is none; Koban's own words when it gave some. */
export function OptionWhy({ line }: { line: Pick<OptionLine, 'state' | 'code' | 'kobanMessage'> }) {
  const t = useTranslations('options.dialog');
  const sentence = useActSentence();
  if (line.code === null) return null;
  return (
    <span
      className={`block text-sm ${line.state === 'uncertain' || line.state === 'placed' ? 'font-medium text-option' : 'text-ink-2'}`}
    >
      {sentence(line.code)}
      {line.kobanMessage !== null && ` ${t('quote', { message: line.kobanMessage })}`}
    </span>
  );
}
