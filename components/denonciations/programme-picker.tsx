'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { type ProgrammeChoice, programmeKey, promotersOf } from '@/components/denonciations/draft-values';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { Card } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { Icon } from '@/components/ui/icon';
import { Note } from '@/components/ui/note';
import type { DenonciationForm, ProgrammeRef } from '@/lib/denonciations/schema';

/** On which programmes: found by typing, each chosen one written out under its promoter. */
export function ProgrammePicker({ choices }: { choices: readonly ProgrammeChoice[] }) {
  const t = useTranslations('denonciations.form');
  const sentence = useFieldSentence();
  const { setValue, getValues } = useFormContext<DenonciationForm>();
  const { field, fieldState } = useController<DenonciationForm, 'programmes'>({ name: 'programmes' });
  const box = useRef<HTMLDivElement>(null);
  const [consentAgain, setConsentAgain] = useState(false);
  const chosen = new Set(field.value.map(programmeKey));

  const change = (programmes: ProgrammeRef[]) => {
    const before = promotersOf(field.value, choices).map(({ slug }) => slug);
    const more =
      before.length > 0 && promotersOf(programmes, choices).some(({ slug }) => !before.includes(slug));
    field.onChange(programmes);
    // The box named the promoters told so far: another one is another question.
    if (more && getValues('consent')) {
      setValue('consent', false, { shouldDirty: true });
      setConsentAgain(true);
    } else if (!more) setConsentAgain(false);
  };
  const add = (key: string | null) => {
    const choice = choices.find((each) => programmeKey(each) === key);
    if (!choice || chosen.has(programmeKey(choice))) return;
    change([...field.value, { promoter: choice.promoter, code: choice.code }]);
  };

  return (
    <Card pad>
      <h2 className="text-lg">{t('programmes')}</h2>
      <div
        ref={(node) => {
          box.current = node;
          field.ref({ focus: () => box.current?.querySelector('input')?.focus() });
        }}
        className="mt-3"
      >
        <Combobox
          label={t('programme')}
          hint={t('programmeHint')}
          error={sentence(fieldState.error?.message ?? fieldState.error?.root?.message)}
          placeholder={t('programmePlaceholder')}
          empty={t('programmeEmpty')}
          openLabel={t('programmeOpen')}
          clearLabel={t('programmeClear')}
          items={choices.map((choice) => ({
            value: programmeKey(choice),
            label: choice.label,
            detail: [
              choice.promoterName,
              choice.city,
              chosen.has(programmeKey(choice)) && t('programmeAdded'),
            ]
              .filter(Boolean)
              .join(' · '),
            disabled: chosen.has(programmeKey(choice)),
          }))}
          value={null}
          onValueChange={add}
        />
      </div>
      <p role="status" className="mt-3 font-medium text-sm">
        {t('chosen', { count: field.value.length })}
      </p>
      {promotersOf(field.value, choices).map(({ slug, name }) => (
        <div key={slug} className="mt-2.5">
          <h3 className="font-[550] text-ink-2 text-sm">{name}</h3>
          <ul className="mt-1.5 grid gap-1.5 sm:grid-cols-2">
            {choices
              .filter((choice) => choice.promoter === slug && chosen.has(programmeKey(choice)))
              .map((choice) => (
                <li
                  key={programmeKey(choice)}
                  data-programme={choice.code}
                  className="flex items-center gap-2 rounded-control border border-line-2 bg-sunk py-1 pr-1 pl-3"
                >
                  <span className="min-w-0 flex-1 truncate text-[0.875rem]">
                    <b>{choice.label}</b>
                    {choice.city !== null && <span className="text-ink-2"> · {choice.city}</span>}
                  </span>
                  <button
                    type="button"
                    aria-label={t('remove', { label: choice.label })}
                    className="grid size-8 flex-none place-items-center rounded-md text-ink-3 hover:bg-card hover:text-ink max-sm:size-11"
                    onClick={() =>
                      change(field.value.filter((ref) => programmeKey(ref) !== programmeKey(choice)))
                    }
                  >
                    <Icon name="cross" />
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {consentAgain && (
        <Note tone="warn" live className="mt-3">
          {t('consentAgain')}
        </Note>
      )}
    </Card>
  );
}
