'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { type ProgrammeChoice, promotersOf } from '@/components/denonciations/draft-values';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/choice';
import { FieldError } from '@/components/ui/field';
import type { DenonciationForm } from '@/lib/denonciations/schema';

/** That the prospect knows to whom these details go; it names every promoter that will get them. */
export function ConsentField({ choices }: { choices: readonly ProgrammeChoice[] }) {
  const t = useTranslations('denonciations.form');
  const format = useFormatter();
  const sentence = useFieldSentence();
  const { register, watch, formState } = useFormContext<DenonciationForm>();
  const promoters = promotersOf(watch('programmes'), choices).map(({ name }) => name);
  const fault = sentence(formState.errors.consent?.message);
  return (
    <Card pad>
      <h2 className="text-lg">{t('consentTitle')}</h2>
      <Checkbox
        {...register('consent')}
        className="mt-1.5"
        label={
          promoters.length === 0
            ? t('consentNobody')
            : t('consent', { promoters: format.list(promoters, { type: 'conjunction' }) })
        }
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={fault === undefined ? undefined : 'consent-error'}
        aria-required
      />
      {fault !== undefined && <FieldError id="consent-error">{fault}</FieldError>}
    </Card>
  );
}
