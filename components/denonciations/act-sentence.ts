'use client';

import { useTranslations } from 'next-intl';
import type { fr } from '@/lib/i18n/fr';

type Key = `codes.${keyof typeof fr.acts.codes}`;

/** The sentence of an act's code; a code that has none yet is told as « unexpected ». */
export function useActSentence(): (code: string) => string {
  const t = useTranslations('acts');
  return (code) => {
    const key = `codes.${code}` as Key;
    return t.has(key) ? t(key) : t('codes.unexpected');
  };
}
