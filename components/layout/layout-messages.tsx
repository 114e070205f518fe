'use client';

import type { ReactNode } from 'react';
import type { Locale } from '@/lib/i18n/locale';
import { ScriptMessages, type Words } from '@/lib/i18n/script-messages';
import commonEn from '@/messages/en/common.json';
import errorsEn from '@/messages/en/errors.json';
import layoutEn from '@/messages/en/layout.json';
import common from '@/messages/fr/common.json';
import errors from '@/messages/fr/errors.json';
import layout from '@/messages/fr/layout.json';

export const layoutWords = {
  fr: { common, errors, layout },
  en: { common: commonEn, errors: errorsEn, layout: layoutEn },
} satisfies Words;

/** The words of a page's frame. */
export function LayoutMessages({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <ScriptMessages locale={locale} words={layoutWords}>
      {children}
    </ScriptMessages>
  );
}
