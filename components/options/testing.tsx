import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { fr } from '@/lib/i18n/fr';
import { timeZone } from '@/lib/i18n/locale';

/** The words that a reader of French finds on these screens, attributes left out: a hover title is no word on a phone. */
export function wordsOf(screen: ReactNode): string {
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={fr} timeZone={timeZone}>
      {screen}
    </NextIntlClientProvider>,
  );
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
