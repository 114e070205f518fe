'use client';

import { useTranslations } from 'next-intl';
import { normalisePhone } from '@/lib/core/phone';
import type { fr } from '@/lib/i18n/fr';

type Key = `fields.${keyof typeof fr.acts.fields}`;

/** The sentence of a field's fault; of a French phone number, how many digits it has and how many it should have. */
export function useFieldSentence() {
  const acts = useTranslations('acts');
  const t = useTranslations('denonciations.phone');
  return (code: string | undefined, typedPhone?: string): string | undefined => {
    if (code === undefined) return undefined;
    const read = typedPhone === undefined ? null : normalisePhone(typedPhone);
    if (read && 'reason' in read && read.french && read.digits !== 10) {
      return t(read.digits < 10 ? 'short' : 'long', { digits: read.digits });
    }
    const key = `fields.${code}` as Key;
    return acts.has(key) ? acts(key) : acts('fields.required');
  };
}
