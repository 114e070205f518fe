import { useLocale, useTranslations } from 'next-intl';
import { formatShort } from '@/lib/core/paris';
import { readableReference } from '@/lib/denonciations/rules';
import type { DenonciationLine } from '@/lib/denonciations/schema';

/** The line under a dénonciation's name: who filed it and when, and the reference that people quote. */
export function ActLede({ act }: { act: Pick<DenonciationLine, 'filedBy' | 'filedAt' | 'reference'> }) {
  const t = useTranslations('denonciations.act');
  const locale = useLocale();
  return (
    <>
      <span>{t('filedBy', { name: act.filedBy, at: formatShort(act.filedAt, locale) })}</span>
      <span>{t('reference', { reference: readableReference(act.reference) })}</span>
    </>
  );
}
