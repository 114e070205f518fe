'use client';

import { useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import type { OptionLine } from '@/lib/options/schema';

type Line = Pick<
  OptionLine,
  'state' | 'code' | 'kobanMessage' | 'proof' | 'withoutBroker' | 'endedBy' | 'cancelReason'
>;

/** Why an option is in doubt, or is none; Koban's own words when it gave some; whose word it rests on when not on Koban's; its holder's reason for giving it back; and that it names no broker. */
export function OptionWhy({ line }: { line: Line }) {
  const t = useTranslations('options.dialog');
  const sentence = useActSentence();
  const proofs = useTranslations('acts.proof');
  const list = useTranslations('options.list');
  const brokers = useTranslations('acts.withoutBroker');
  const doubtful = line.state === 'uncertain' || line.state === 'placed';
  return (
    <>
      {line.code === null && line.proof === 'person' && (
        <span className="block text-ink-2 text-sm">{proofs('person')}</span>
      )}
      {line.code !== null && (
        <span className={`block text-sm ${doubtful ? 'font-medium text-option' : 'text-ink-2'}`}>
          {sentence(line.code)}
          {line.kobanMessage !== null && ` ${t('quote', { message: line.kobanMessage })}`}
        </span>
      )}
      {line.state === 'cancelled' && line.endedBy !== 'promoter' && line.cancelReason !== null && (
        <span className="block whitespace-pre-line break-words text-ink-2 text-sm">
          {list('cancelReason', { reason: line.cancelReason })}
        </span>
      )}
      {line.withoutBroker && <span className="block text-ink-2 text-sm">{brokers('option')}</span>}
    </>
  );
}
