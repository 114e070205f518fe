import { useTranslations } from 'next-intl';
import type { FactWords } from '@/lib/admin/rules';

/** The words in which facts are written. */
export function useFactWords(): FactWords {
  const t = useTranslations('admin.journal');
  const codes = useTranslations('acts.codes');
  return {
    name: (key) => t(`factNames.${key}`),
    value: (key) => t(`factValues.${key}`),
    code: (key) => codes(key),
    yes: t('yes'),
    no: t('no'),
  };
}
