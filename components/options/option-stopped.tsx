'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import type { Stage } from '@/components/options/use-placing';
import { Note } from '@/components/ui/note';
import { formatTime } from '@/lib/core/paris';

/** Why nothing can be confirmed: Koban grants nothing, or gave no answer to rely on, or we could not ask. */
export function OptionStopped({
  stage,
}: {
  stage: Extract<Stage, { kind: 'blocked' | 'unanswered' | 'signed-out' | 'fault' }>;
}) {
  const t = useTranslations('options.dialog');
  const sentence = useActSentence();
  const locale = useLocale();
  switch (stage.kind) {
    case 'blocked':
      return (
        <Note tone="info" live title={t('blockedTitle')}>
          <p>{sentence(stage.code)}</p>
          {stage.seenAt !== null && (
            <p className="mt-1 text-ink-2 text-sm">
              {t('seenAtFull', { at: formatTime(stage.seenAt, locale) })}
            </p>
          )}
        </Note>
      );
    case 'unanswered':
      return (
        <Note tone="warn" live title={t('unansweredTitle')}>
          <p>{sentence(stage.code)}</p>
        </Note>
      );
    case 'signed-out':
      return (
        <Note tone="danger" live title={t('signedOutTitle')}>
          {t(stage.sent ? 'signedOutSent' : 'signedOutText')}
        </Note>
      );
    case 'fault':
      return (
        <Note tone="warn" live title={t('faultTitle')}>
          {t('faultText')}
        </Note>
      );
  }
}
