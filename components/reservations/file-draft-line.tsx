'use client';

import { useLocale, useTranslations } from 'next-intl';
import { signInHref } from '@/components/denonciations/links';
import type { FileDraftState } from '@/components/reservations/use-file-draft';
import { formatMinute } from '@/lib/core/paris';

/** Whether what is typed is kept; trouble is read aloud, success is not. */
export function FileDraftLine({ state, here }: { state: FileDraftState; here: string }) {
  const t = useTranslations('reservations.form');
  const locale = useLocale();
  switch (state.kind) {
    case 'untouched':
      return null;
    case 'saved':
      return state.others === 0 ? (
        <p className="text-ink-3 text-sm">{t('saved', { at: formatMinute(state.at, locale) })}</p>
      ) : (
        <p role="status" className="text-ink-2 text-sm">
          {t('savedOthers', { at: formatMinute(state.at, locale), count: state.others })}
        </p>
      );
    case 'offline':
    case 'closed':
      return (
        <p role="status" className="text-option text-sm">
          {t(state.kind)}
        </p>
      );
    case 'signed-out':
      return (
        <p role="status" className="text-option text-sm">
          {t('signedOut')}{' '}
          <a href={signInHref(here)} className="font-semibold text-brand underline">
            {t('signIn')}
          </a>
        </p>
      );
  }
}
