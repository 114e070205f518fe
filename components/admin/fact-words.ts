import { useLocale, useTranslations } from 'next-intl';
import type { FactWords, SentWords } from '@/lib/admin/rules';
import { formatCents } from '@/lib/core/money';
import { formatDay, formatShort } from '@/lib/core/paris';

/** The words in which facts are written. */
export function useFactWords(): FactWords {
  const t = useTranslations('admin.journal');
  const codes = useTranslations('acts.codes');
  const locale = useLocale();
  return {
    name: (key) => t(`factNames.${key}`),
    value: (key) => t(`factValues.${key}`),
    code: (key) => codes(key),
    result: (key) => t(`lotResults.${key}`),
    instant: (at) => formatShort(at, locale),
    yes: t('yes'),
    no: t('no'),
  };
}

/** The words in which what was sent to Koban is written. */
export function useSentWords(): SentWords {
  const t = useTranslations('admin.uncertain.values');
  const source = useTranslations('acts.source');
  const { yes, no } = useFactWords();
  const locale = useLocale();
  return {
    name: (key) => t(`names.${key}`),
    gender: (key) => t(`gender.${key}`),
    source: (key) => source(key),
    cents: (cents) => formatCents(cents, locale),
    instant: (at) => formatShort(at, locale),
    day: (at) => formatDay(at, locale),
    rate: (code) => t('rate', { rate: locale === 'fr' ? code.replace('.', ',') : code }),
    yes,
    no,
  };
}
