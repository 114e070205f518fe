'use client';

import { useLocale, useTranslations } from 'next-intl';
import { signInHref } from '@/components/denonciations/links';
import type { DraftState } from '@/components/denonciations/use-draft';
import { formatTime } from '@/lib/core/paris';

/** Whether what is typed is kept, quietly; not read aloud at each word. */
export function DraftLine({ state, here }: { state: DraftState; here: string }) {
  const t = useTranslations('denonciations.draft');
  const locale = useLocale();
  switch (state.kind) {
    case 'untouched':
      return null;
    case 'saved':
      return (
        <p className="text-ink-3 text-sm max-sm:hidden">{t('saved', { at: formatTime(state.at, locale) })}</p>
      );
    case 'offline':
      return (
        <p role="status" className="text-option text-sm">
          {t('offline')}
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
