'use client';

import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { type ProgrammeChoice, programmeKey } from '@/components/denonciations/draft-values';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { Card } from '@/components/ui/card';
import { Chip, Choices } from '@/components/ui/choice';
import { SelectField, TextareaField, TextField } from '@/components/ui/input';
import { type DenonciationForm, sources } from '@/lib/denonciations/schema';

const usualTypologies = ['T1', 'T2', 'T3', 'T4', 'T5'];
const rooms = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What the prospect looks for, all of it optional: the promoter's record is the richer for it. */
export function WishFields({ choices }: { choices: readonly ProgrammeChoice[] }) {
  const t = useTranslations('denonciations.form');
  const acts = useTranslations('acts.source');
  const sentence = useFieldSentence();
  const { register, watch, setValue, formState } = useFormContext<DenonciationForm>();
  const { errors } = formState;
  const [typologies, room, source, programmes] = watch(['typologies', 'rooms', 'source', 'programmes']);
  const chosen = new Set(programmes.map(programmeKey));
  const offered = choices
    .filter((choice) => chosen.has(programmeKey(choice)))
    .flatMap((one) => one.typologies);
  const shown = [...new Set([...(offered.length > 0 ? offered : usualTypologies), ...typologies])].sort();
  const toggle = (typology: string) =>
    setValue(
      'typologies',
      typologies.includes(typology)
        ? typologies.filter((one) => one !== typology)
        : [...typologies, typology],
      { shouldDirty: true },
    );
  const optional = t('optional');
  return (
    <Card pad>
      <h2 className="text-lg">
        {t('wish')} <span className="font-normal text-ink-3 text-sm">{optional}</span>
      </h2>
      <div className="mt-3 grid gap-4 sm:grid-cols-3">
        <Choices legend={t('typologies')} className="sm:col-span-3">
          <div className="flex flex-wrap gap-2">
            {shown.map((typology) => (
              <Chip key={typology} on={typologies.includes(typology)} onClick={() => toggle(typology)}>
                {typology}
              </Chip>
            ))}
          </div>
        </Choices>
        <SelectField
          label={t('rooms')}
          value={room ?? ''}
          onChange={({ target }) =>
            setValue('rooms', target.value === '' ? null : Number(target.value), { shouldDirty: true })
          }
        >
          <option value="">{t('roomsAny')}</option>
          {rooms.map((count) => (
            <option key={count} value={count}>
              {t('roomsCount', { count })}
            </option>
          ))}
        </SelectField>
        <TextField
          {...register('budget')}
          label={t('budget')}
          note={t('budgetUnit')}
          inputMode="decimal"
          autoComplete="off"
          error={sentence(errors.budget?.message)}
        />
        <SelectField
          label={t('source')}
          value={source ?? ''}
          onChange={({ target }) =>
            setValue('source', sources.find((one) => one === target.value) ?? null, { shouldDirty: true })
          }
        >
          <option value="">{t('sourceNone')}</option>
          {sources.map((one) => (
            <option key={one} value={one}>
              {acts(one)}
            </option>
          ))}
        </SelectField>
        <TextareaField
          {...register('comment')}
          label={t('comment')}
          hint={t('commentHint')}
          rows={3}
          error={sentence(errors.comment?.message)}
          className="sm:col-span-3"
        />
      </div>
    </Card>
  );
}
