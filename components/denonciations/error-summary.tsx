'use client';

import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { Note } from '@/components/ui/note';
import type { DenonciationForm } from '@/lib/denonciations/schema';

const fields = [
  ['lastName', 'lastName'],
  ['firstName', 'firstName'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['programmes', 'programme'],
  ['budget', 'budget'],
  ['comment', 'comment'],
  ['consent', 'consentTitle'],
] as const;

/** After a submission that could not leave: every faulty field, its fault, and the way to it. */
export function ErrorSummary() {
  const t = useTranslations('denonciations');
  const sentence = useFieldSentence();
  const { formState, setFocus, getValues } = useFormContext<DenonciationForm>();
  const { errors, submitCount } = formState;
  const faulty = fields.filter(([name]) => errors[name] !== undefined);
  if (submitCount === 0 || faulty.length === 0) return null;
  return (
    <Note tone="danger" title={t('errors.title', { count: faulty.length })}>
      <ul className="mt-1 grid gap-0.5">
        {faulty.map(([name, label]) => (
          <li key={name}>
            <button
              type="button"
              className="text-left underline underline-offset-2 max-sm:min-h-11"
              onClick={() => setFocus(name)}
            >
              <b>{t(`form.${label}`)}</b> :{' '}
              {sentence(errors[name]?.message, name === 'phone' ? getValues('phone') : undefined)}
            </button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
