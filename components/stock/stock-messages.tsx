'use client';

import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { layoutWords } from '@/components/layout/layout-messages';
import { ScriptMessages, type Words } from '@/lib/i18n/script-messages';
import en from '@/messages/en/stock.json';
import fr from '@/messages/fr/stock.json';

const words = {
  fr: { ...layoutWords.fr, stock: fr },
  en: { ...layoutWords.en, stock: en },
} satisfies Words;

/** The words of the stock and of a page's frame, inside a frame. */
export function StockMessages({ children }: { children: ReactNode }) {
  return (
    <ScriptMessages locale={useLocale()} words={words}>
      {children}
    </ScriptMessages>
  );
}
