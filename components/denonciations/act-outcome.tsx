'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { Note } from '@/components/ui/note';
import { formatMinute, formatShort } from '@/lib/core/paris';
import type { LiveDenonciation } from '@/lib/denonciations/schema';

const accepted = {
  answer: 'acceptedAnswer',
  webhook: 'acceptedAnswer',
  reading: 'acceptedReading',
  person: 'acceptedPerson',
} as const satisfies Record<NonNullable<LiveDenonciation['proof']>, string>;

/** What became of a dénonciation, in a sentence; read aloud when it changes. Nothing while it runs: the steps speak. */
export function ActOutcome({ live, action }: { live: LiveDenonciation; action?: ReactNode }) {
  const t = useTranslations('denonciations.act');
  const brokers = useTranslations('acts.withoutBroker');
  const sentence = useActSentence();
  const locale = useLocale();
  const why = live.code === null ? null : sentence(live.code);
  const broker = live.withoutBroker && <p className="mt-1 text-ink-2 text-sm">{brokers('denonciation')}</p>;
  const at = live.decidedAt === null ? '' : formatShort(live.decidedAt, locale);
  switch (live.state) {
    case 'pending':
      return <p className="text-ink-3 text-sm">{t('leave')}</p>;
    case 'accepted':
      return (
        <Note tone="done" live title={t('acceptedTitle')}>
          {t(accepted[live.proof ?? 'answer'], { at })}
          {broker}
        </Note>
      );
    case 'refused':
      return (
        <Note tone="danger" live title={t('refusedTitle')}>
          <p>{why}</p>
          {live.kobanMessage !== null && <p className="mt-1">{t('quote', { message: live.kobanMessage })}</p>}
          <p className="mt-1 text-ink-2 text-sm">{t('refusedAt', { at })}</p>
        </Note>
      );
    case 'unsent':
      return (
        <Note tone="warn" live title={t('unsentTitle')} action={action}>
          {why}
        </Note>
      );
    case 'uncertain':
      return (
        <Note tone="warn" live title={t('uncertainTitle')} action={live.canResend ? action : undefined}>
          {live.code !== 'pose-unknown' && <p>{why}</p>}
          {live.canResend && <p className="mt-1 text-ink-2 text-sm">{t('resendWhy')}</p>}
          <p className="mt-0.5 text-ink-2">
            {live.nextCheckAt === null || live.nextCheckAt <= new Date()
              ? t('checking')
              : t('nextCheck', { at: formatMinute(live.nextCheckAt, locale) })}
          </p>
          {broker}
        </Note>
      );
    case 'abandoned':
      return (
        <Note tone="info" live title={t('abandonedTitle')}>
          {why}
        </Note>
      );
  }
}
