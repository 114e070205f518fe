'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import type { Outcome } from '@/components/options/use-placing';
import { Note } from '@/components/ui/note';
import { formatShort } from '@/lib/core/paris';

/** What became of the confirmation; read aloud. Green only when Koban said yes. */
export function OptionOutcome({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('options.dialog');
  const sentence = useActSentence();
  const locale = useLocale();
  switch (outcome.kind) {
    case 'placed':
      return (
        <Note
          tone="done"
          live
          title={outcome.rank === null ? t('placedUnranked') : t('placedTitle', { rank: outcome.rank })}
        >
          {t.rich(outcome.expiryFromKoban ? 'placedText' : 'placedComputed', {
            at: formatShort(outcome.expiresAt, locale),
            b: (words) => <b>{words}</b>,
          })}
        </Note>
      );
    case 'refused':
      return (
        <Note tone="danger" live title={t('refusedTitle')}>
          <p>{sentence(outcome.code)}</p>
          {outcome.kobanMessage !== null && (
            <p className="mt-1">{t('quote', { message: outcome.kobanMessage })}</p>
          )}
        </Note>
      );
    case 'unsent':
      return (
        <Note tone="warn" live title={t('unsentTitle')}>
          {sentence(outcome.code)}
        </Note>
      );
    case 'uncertain':
      return (
        <Note tone="warn" live title={t('uncertainTitle')}>
          {t('uncertainText')}
        </Note>
      );
  }
}
