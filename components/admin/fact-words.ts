import { useTranslations } from 'next-intl';
import type { FactWords } from '@/lib/admin/rules';

/** The words in which facts are written. */
export function useFactWords(): FactWords {
  const t = useTranslations('admin.journal');
  return { name: (key) => t(`factNames.${key}`), yes: t('yes'), no: t('no') };
}
