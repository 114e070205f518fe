'use client';

import { useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import type { OptionLine } from '@/lib/options/schema';

/** Why an option is in doubt, or is none; Koban's own words when it gave some; and whose word it rests on when not on Koban's. */
export function OptionWhy({ line }: { line: Pick<OptionLine, 'state' | 'code' | 'kobanMessage' | 'proof'> }) {
  const t = useTranslations('options.dialog');
  const sentence = useActSentence();
  const proofs = useTranslations('acts.proof');
  if (line.code === null) {
    return line.proof === 'person' ? (
      <span className="block text-ink-2 text-sm">{proofs('person')}</span>
    ) : null;
  }
  return (
    <span
      className={`block text-sm ${line.state === 'uncertain' || line.state === 'placed' ? 'font-medium text-option' : 'text-ink-2'}`}
    >
      {sentence(line.code)}
      {line.kobanMessage !== null && ` ${t('quote', { message: line.kobanMessage })}`}
    </span>
  );
}
