'use client';

import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import type { fr } from '@/lib/i18n/fr';
import { formats } from './formats';
import { type Locale, timeZone } from './locale';

/** Messages in each language, by namespace. */
export type Words = Record<Locale, Partial<typeof fr>>;

/**
 * Gives the client components inside it messages that come with the script, which the browser keeps. With `ClientMessages` each
 * page carries them: the server writes them out, reads them back and compresses them every time.
 */
export function ScriptMessages({
  locale,
  words,
  children,
}: {
  locale: Locale;
  words: Words;
  children: ReactNode;
}) {
  return (
    <NextIntlClientProvider locale={locale} messages={words[locale]} formats={formats} timeZone={timeZone}>
      {children}
    </NextIntlClientProvider>
  );
}
