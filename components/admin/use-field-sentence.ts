'use client';

import { useTranslations } from 'next-intl';
import { fieldCodes } from '@/lib/partners/schema';

/** The sentence of a field's code; undefined when the field is right. */
export function useFieldSentence(): (code: string | undefined) => string | undefined {
  const t = useTranslations('admin.fields');
  return (code) => {
    const known = fieldCodes.find((one) => one === code);
    return known && t(known);
  };
}
