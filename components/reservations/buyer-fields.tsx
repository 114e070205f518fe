'use client';

import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import {
  FileCheckbox,
  FileListField,
  FileTextField,
  useFileFault,
} from '@/components/reservations/file-field';
import { ChipRadio, Choices } from '@/components/ui/choice';
import { FieldError } from '@/components/ui/field';
import type { FileForm } from '@/lib/dossiers/schema';
import type { KobanLists } from '@/lib/promoters/schema';

/** Who buys: one person or two, with a company when it is the buyer. */
export function BuyerFields({ lists }: { lists: KobanLists }) {
  const t = useTranslations('reservations.form');
  const fault = useFileFault();
  const { register, watch } = useFormContext<FileForm>();
  const [gender, hasSecond] = watch(['gender', 'hasSecond']);
  const genderFault = fault('gender');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <h3 className="font-semibold sm:col-span-2">{t('first')}</h3>
      <Choices legend={t('gender')} className="sm:col-span-2">
        <div className="flex flex-wrap gap-2">
          {(['MME', 'M'] as const).map((one) => (
            <ChipRadio
              key={one}
              {...register('gender')}
              value={one}
              label={t(one)}
              defaultChecked={gender === one}
              aria-describedby={genderFault === undefined ? undefined : 'gender-error'}
            />
          ))}
        </div>
        {genderFault !== undefined && <FieldError id="gender-error">{genderFault}</FieldError>}
      </Choices>
      <FileTextField name="lastName" />
      <FileTextField name="firstName" />
      <FileTextField name="birthDay" kind="day" />
      <FileListField name="profession" lists={lists} />
      <FileTextField name="email" kind="email" />
      <FileTextField name="phone" kind="phone" />
      <FileTextField name="street" className="sm:col-span-2" />
      <FileTextField name="addressMore" optional className="sm:col-span-2" />
      <FileTextField name="zipCode" />
      <FileTextField name="city" />
      <FileTextField name="companyName" optional className="sm:col-span-2" />
      <FileCheckbox name="hasSecond" className="sm:col-span-2" />
      {hasSecond && (
        <>
          <h3 className="font-semibold sm:col-span-2">{t('second')}</h3>
          <FileTextField name="lastName2" />
          <FileTextField name="firstName2" />
          <FileTextField name="birthDay2" kind="day" />
          <FileListField name="profession2" lists={lists} />
          <FileTextField name="email2" kind="email" optional />
          <FileTextField name="phone2" kind="phone" optional />
          <FileTextField name="street2" optional className="sm:col-span-2" />
          <FileTextField name="zipCode2" optional />
          <FileTextField name="city2" optional />
        </>
      )}
    </div>
  );
}
