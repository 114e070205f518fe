'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { DepositCap } from '@/components/reservations/deposit-cap';
import {
  FileCheckbox,
  FileListField,
  FileTextField,
  useFileFault,
} from '@/components/reservations/file-field';
import { KeyValues } from '@/components/ui/card';
import { Choices } from '@/components/ui/choice';
import { SelectField, TextareaField } from '@/components/ui/input';
import type { Day } from '@/lib/core/days';
import { formatCents, parseEuros } from '@/lib/core/money';
import { choicesOf } from '@/lib/dossiers/rules';
import type { FileForm } from '@/lib/dossiers/schema';
import { fundingOf, vatRatesOn, vatWithin } from '@/lib/pricing/rules';
import type { KobanLists } from '@/lib/promoters/schema';

/** What is sold, at what price, with what deposit. */
export function PriceFields({ signed }: { signed: Day }) {
  const { watch, setValue } = useFormContext<FileForm>();
  const [price, deposit, deedDay] = watch(['price', 'deposit', 'deedDay']);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FileTextField name="price" kind="money" />
      <FileTextField name="deedDay" kind="day" />
      <FileTextField name="deposit" kind="money" />
      <div className="sm:col-span-2">
        <DepositCap
          {...{ price, deposit, deedDay, signed }}
          onUse={(typed) => setValue('deposit', typed, { shouldDirty: true })}
        />
      </div>
    </div>
  );
}

/** What pays for it, and what is still to be found. */
export function FinancingFields() {
  const { watch } = useFormContext<FileForm>();
  const [severalLoans, hasPtz] = watch(['severalLoans', 'hasPtz']);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FileTextField name="downPayment" kind="money" optional />
      <FileTextField name="loan1" kind="money" optional={!severalLoans} />
      <FileCheckbox name="severalLoans" className="sm:col-span-2" />
      {severalLoans && <FileTextField name="loan2" kind="money" />}
      <FileCheckbox name="hasPtz" className="sm:col-span-2" />
      {hasPtz && <FileTextField name="ptz" kind="money" />}
      <FundingSums />
    </div>
  );
}

function FundingSums() {
  const t = useTranslations('reservations.form');
  const locale = useLocale();
  const values = useFormContext<FileForm>().watch();
  const cents = (typed: string) => parseEuros(typed);
  const { annex1, annex2, annex3, annex4, annex5, severalLoans, hasPtz } = values;
  const { totalCents, fundedCents, missingCents } = fundingOf({
    price: cents(values.price),
    annexes: [annex1, annex2, annex3, annex4, annex5].map(cents),
    means: [
      cents(values.downPayment),
      cents(values.loan1),
      severalLoans ? cents(values.loan2) : null,
      hasPtz ? cents(values.ptz) : null,
    ],
  });
  return (
    <div className="sm:col-span-2">
      <KeyValues
        items={[
          { name: t('total'), value: formatCents(totalCents, locale) },
          { name: t('funded'), value: formatCents(fundedCents, locale) },
          {
            name: t(missingCents < 0 ? 'spare' : 'missing'),
            value: formatCents(Math.abs(missingCents), locale),
          },
        ]}
      />
    </div>
  );
}

const annexes = ['annex1', 'annex2', 'annex3', 'annex4', 'annex5'] as const;

/** The rate of VAT, the notary's fees, the annexes and the extras. */
export function TaxFields({ signed }: { signed: Day }) {
  const t = useTranslations('reservations.form');
  const locale = useLocale();
  const fault = useFileFault();
  const { register, watch } = useFormContext<FileForm>();
  const [vat, price, notaryOffered] = watch(['vat', 'price', 'notaryOffered']);
  const rates = vatRatesOn(signed);
  const rate = rates.find(({ code }) => code === vat);
  const priceCents = parseEuros(price);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        {...register('vat')}
        label={t('vat')}
        error={fault('vat')}
        hint={
          rate && priceCents !== null
            ? t('vatWithin', { amount: formatCents(vatWithin(priceCents, rate.per10000), locale) })
            : t('vatHint')
        }
        aria-required
      >
        <option value="">{t('vatNone')}</option>
        {rates.map(({ code, source }) => (
          <option key={code} value={code}>
            {t('rate', { rate: locale === 'fr' ? code.replace('.', ',') : code })} · {source}
          </option>
        ))}
      </SelectField>
      <FileCheckbox name="notaryOffered" className="self-center" />
      {notaryOffered && <FileTextField name="notaryFees" kind="money" />}
      <Choices legend={t('annexes')} className="sm:col-span-2">
        <div className="grid gap-4 sm:grid-cols-3">
          {annexes.map((name) => (
            <FileTextField key={name} name={name} kind="money" optional />
          ))}
        </div>
      </Choices>
      <TextareaField
        {...register('optionsText')}
        label={t('optionsText')}
        note={t('optional')}
        rows={2}
        error={fault('optionsText')}
        className="sm:col-span-2"
      />
    </div>
  );
}

const origins = ['originCode', 'saleChannelCode', 'purchaseKindCode'] as const;

/** Where the sale comes from, in the words of the promoter's own lists. */
export function OriginFields({ lists }: { lists: KobanLists }) {
  const t = useTranslations('reservations.form');
  if (origins.every((name) => choicesOf(name, lists).length === 0)) return <p>{t('noLists')}</p>;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {origins.map((name) => (
        <FileListField key={name} name={name} lists={lists} />
      ))}
    </div>
  );
}
