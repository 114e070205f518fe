'use client';

import { useTranslations } from 'next-intl';
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
  const { register, watch, setValue, getValues, formState } = useFormContext<DenonciationForm>();
  const { errors } = formState;
  const gender = watch('gender');
  // In the order of the screen: the first faulty one takes the focus.
  const [lastName, firstName, email] = [register('lastName'), register('firstName'), register('email')];
  const { onBlur: phoneBlur, ...phone } = register('phone');
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
          {...lastName}
          label={t('lastName')}
          error={sentence(errors.lastName?.message)}
          autoComplete="off"
          autoCapitalize="words"
          aria-required
        />
        <TextField
          {...firstName}
          label={t('firstName')}
          error={sentence(errors.firstName?.message)}
          autoComplete="off"
          autoCapitalize="words"
          aria-required
        />
        <TextField
          {...email}
          label={t('email')}
          type="email"
          inputMode="email"
          error={sentence(errors.email?.message)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-required
        />
        <PhoneField
          {...phone}
          label={t('phone')}
          hint={errors.phone ? undefined : t('phoneHint')}
          error={sentence(errors.phone?.message, getValues('phone'))}
          autoComplete="off"
          aria-required
          onBlur={(event) => {
            const read = normalisePhone(event.target.value);
            if ('e164' in read) setValue('phone', formatPhone(read.e164));
            void phoneBlur(event);
          }}
        />
      </div>
    </Card>
  );
}
