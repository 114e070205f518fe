'use client';

import { useTranslations } from 'next-intl';
import type { FocusEvent } from 'react';
import { useFormContext } from 'react-hook-form';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { Card } from '@/components/ui/card';
import { ChipRadio, Choices } from '@/components/ui/choice';
import { PhoneField, TextField } from '@/components/ui/input';
import { formatPhone, normalisePhone } from '@/lib/core/phone';
import type { DenonciationForm } from '@/lib/denonciations/schema';

const genders = ['MME', 'M', null] as const;

/** Who the prospect is. */
export function IdentityFields() {
  const t = useTranslations('denonciations.form');
  const sentence = useFieldSentence();
  const { register, watch, setValue, getValues, trigger, formState } = useFormContext<DenonciationForm>();
  const { errors } = formState;
  const gender = watch('gender');
  /**
   * A field: checked once left for another field. Left for a button it is not: a sentence that appears under the pointer would
   * move the button away from the click, and the button checks everything anyway.
   */
  const field = (name: 'lastName' | 'firstName' | 'email' | 'phone') => {
    const { onBlur, ...rest } = register(name);
    return {
      ...rest,
      autoComplete: 'off',
      'aria-required': true,
      onBlur: (event: FocusEvent<HTMLInputElement>) => {
        const read = name === 'phone' ? normalisePhone(event.target.value) : null;
        if (read && 'e164' in read) setValue('phone', formatPhone(read.e164));
        void onBlur(event);
        const typed = event.target.value.trim() !== '';
        if (typed && event.relatedTarget?.matches('input, select, textarea')) void trigger(name);
      },
    };
  };
  return (
    <Card pad>
      <h2 className="text-lg">{t('prospect')}</h2>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <Choices legend={t('gender')} className="sm:col-span-2">
          <div className="flex flex-wrap gap-2">
            {genders.map((one) => (
              <ChipRadio
                key={one ?? 'none'}
                name="gender"
                label={t(one ?? 'genderNone')}
                checked={gender === one}
                onChange={() => setValue('gender', one, { shouldDirty: true })}
              />
            ))}
          </div>
        </Choices>
        <TextField
          {...field('lastName')}
          label={t('lastName')}
          error={sentence(errors.lastName?.message)}
          autoCapitalize="words"
        />
        <TextField
          {...field('firstName')}
          label={t('firstName')}
          error={sentence(errors.firstName?.message)}
          autoCapitalize="words"
        />
        <TextField
          {...field('email')}
          label={t('email')}
          type="email"
          inputMode="email"
          error={sentence(errors.email?.message)}
          autoCapitalize="none"
          spellCheck={false}
        />
        <PhoneField
          {...field('phone')}
          label={t('phone')}
          hint={errors.phone ? undefined : t('phoneHint')}
          error={sentence(errors.phone?.message, getValues('phone'))}
        />
      </div>
    </Card>
  );
}
