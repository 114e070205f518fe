'use client';

import { useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { signInHref } from '@/components/denonciations/links';
import type { ReservingFault } from '@/components/reservations/use-reserving';
import { Note } from '@/components/ui/note';

/** Why an act was not begun; read aloud. `title` and `lost` are the act's own words. */
export function ReservingFaultNote({
  fault,
  title,
  lost,
  here,
}: {
  fault: ReservingFault;
  title: string;
  lost: string;
  here: string;
}) {
  const t = useTranslations('reservations.new');
  const sentence = useActSentence();
  switch (fault.kind) {
    case 'lost':
      return (
        <Note tone="warn" live title={t('lostTitle')}>
          {lost}
        </Note>
      );
    case 'signed-out':
      return (
        <Note tone="danger" live>
          {t(fault.sent ? 'signedOutSent' : 'signedOut')}{' '}
          <a href={signInHref(here)} className="font-semibold text-brand underline">
            {t('signIn')}
          </a>
        </Note>
      );
    case 'refused':
      return (
        <Note tone="danger" live title={title}>
          {sentence(fault.code)}
        </Note>
      );
  }
}
