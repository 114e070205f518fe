'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FieldErrors, UseFormRegisterReturn } from 'react-hook-form';
import { useFieldSentence } from '@/components/admin/use-field-sentence';
import { SearchField } from '@/components/stock/search-field';
import { Checkbox, ChipRadio, Choices } from '@/components/ui/choice';
import { FieldError } from '@/components/ui/field';
import { TextField } from '@/components/ui/input';
import { nameKey } from '@/lib/core/normalise';
import type { ProgrammeChoice } from '@/lib/partners/schema';

/** The terms of a convention, as its forms hold them. */
export type TermsForm = {
  grant: 'all' | 'list';
  programmes: string[];
  validFrom: string;
  validUntil: string;
  maxOptions: string;
};

/** The fields of a convention's terms, in any form that holds them. */
export function TermsFields({
  register,
  errors,
  terms,
  choices,
}: {
  register: (name: keyof TermsForm) => UseFormRegisterReturn;
  errors: FieldErrors<TermsForm>;
  terms: Pick<TermsForm, 'grant' | 'programmes'>;
  choices: readonly ProgrammeChoice[];
}) {
  const t = useTranslations('admin.cabinet');
  const sentence = useFieldSentence();
  return (
    <div className="grid gap-4">
      <Choices legend={t('grant')}>
        <div className="flex flex-wrap gap-2">
          <ChipRadio label={t('grantAll')} value="all" {...register('grant')} />
          <ChipRadio label={t('grantList')} value="list" {...register('grant')} />
        </div>
      </Choices>
      {terms.grant === 'list' && (
        <ProgrammeList
          choices={choices}
          chosen={terms.programmes}
          field={register('programmes')}
          error={sentence(errors.programmes?.message)}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          type="date"
          label={t('validFrom')}
          error={sentence(errors.validFrom?.message)}
          {...register('validFrom')}
        />
        <TextField
          type="date"
          label={t('validUntil')}
          error={sentence(errors.validUntil?.message)}
          {...register('validUntil')}
        />
      </div>
      <p className="-mt-2 text-ink-3 text-sm">{t('daysHint')}</p>
      <TextField
        label={t('maxOptions')}
        hint={t('maxHint')}
        inputMode="numeric"
        autoComplete="off"
        error={sentence(errors.maxOptions?.message)}
        {...register('maxOptions')}
      />
    </div>
  );
}

function ProgrammeList({
  choices,
  chosen,
  field,
  error,
}: {
  choices: readonly ProgrammeChoice[];
  chosen: readonly string[];
  field: UseFormRegisterReturn;
  error: string | undefined;
}) {
  const t = useTranslations('admin.cabinet');
  const [typed, setTyped] = useState('');
  const words = nameKey(typed).split(' ').filter(Boolean);
  const seen = ({ label, code }: ProgrammeChoice) =>
    words.every((word) => nameKey(`${label} ${code}`).includes(word));
  return (
    <fieldset aria-label={t('grantList')} className="min-w-0 rounded-control border border-line p-3">
      {choices.length > 8 && <SearchField label={t('search')} value={typed} onChange={setTyped} />}
      <div className="mt-1 max-h-64 overflow-y-auto">
        {/* Those that the search leaves out stay in the form, ticked or not. */}
        {choices.map((choice) => (
          <div key={choice.code} hidden={!seen(choice)}>
            <Checkbox
              {...field}
              value={choice.code}
              label={
                <>
                  {choice.label} <span className="text-ink-3">{choice.code}</span>
                </>
              }
            />
          </div>
        ))}
        {!choices.some(seen) && (
          <p className="py-2 text-ink-2 text-sm">
            {t(choices.length === 0 ? 'programmesUnread' : 'noProgramme')}
          </p>
        )}
      </div>
      <p role="status" className="mt-2 text-ink-3 text-sm">
        {t('chosen', { count: chosen.length })}
      </p>
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}
