'use client';

import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext } from 'react';
import { useFormContext } from 'react-hook-form';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { Checkbox } from '@/components/ui/choice';
import { PhoneField, SelectField, TextField } from '@/components/ui/input';
import { choicesOf, type ListedField } from '@/lib/dossiers/rules';
import type { FileField, FileForm } from '@/lib/dossiers/schema';
import type { KobanLists } from '@/lib/promoters/schema';

/** Faults of the fields of a file, by field: codes of `acts.fields`. */
export type FileFaults = Partial<Record<FileField, string>>;

const Faults = createContext<FileFaults>({});

export function FileFaultsProvider({ faults, children }: { faults: FileFaults; children: ReactNode }) {
  return <Faults.Provider value={faults}>{children}</Faults.Provider>;
}

type Choice = 'hasSecond' | 'severalLoans' | 'hasPtz' | 'notaryOffered';
type Text = Exclude<FileField, Choice>;

/** The sentence of a field's fault, as long as it stands. */
export function useFileFault(): (name: FileField) => string | undefined {
  const faults = useContext(Faults);
  const sentence = useFieldSentence();
  const { getValues } = useFormContext<FileForm>();
  return (name) => {
    const typed = name === 'phone' || name === 'phone2' ? getValues(name) : undefined;
    return sentence(faults[name], typed);
  };
}

/** One field of the file, with its name, its fault and, unless it is required, that it may be left empty. */
export function FileTextField({
  name,
  kind = 'text',
  optional = false,
  label,
  hint,
  className,
}: {
  name: Text;
  kind?: 'text' | 'money' | 'day' | 'phone' | 'email';
  optional?: boolean;
  label?: string;
  hint?: ReactNode;
  className?: string;
}) {
  const t = useTranslations('reservations.form');
  const fault = useFileFault();
  const { register } = useFormContext<FileForm>();
  const notes = [kind === 'money' ? t('unit') : null, optional ? t('optional') : null].filter(Boolean);
  const common = {
    ...register(name),
    label: label ?? t(name),
    note: notes.length === 0 ? undefined : notes.join(', '),
    hint,
    error: fault(name),
    className,
    autoComplete: 'off',
    'aria-required': optional ? undefined : true,
  };
  switch (kind) {
    case 'text':
      return <TextField {...common} />;
    case 'money':
      return <TextField {...common} inputMode="decimal" />;
    case 'day':
      return <TextField {...common} type="date" />;
    case 'email':
      return (
        <TextField {...common} type="email" inputMode="email" autoCapitalize="none" spellCheck={false} />
      );
    case 'phone':
      return <PhoneField {...common} />;
  }
}

/** A choice in one of the promoter's Koban lists; nothing where the promoter gave none. */
export function FileListField({ name, lists }: { name: ListedField; lists: KobanLists }) {
  const t = useTranslations('reservations.form');
  const fault = useFileFault();
  const { register } = useFormContext<FileForm>();
  const choices = choicesOf(name, lists);
  if (choices.length === 0) return null;
  return (
    <SelectField {...register(name)} label={t(name)} note={t('optional')} error={fault(name)}>
      <option value="">{t('notSaid')}</option>
      {choices.map(({ code, label }) => (
        <option key={code} value={code}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}

/** A choice that asks for more fields when it is made. */
export function FileCheckbox({ name, className }: { name: Choice; className?: string }) {
  const t = useTranslations('reservations.form');
  const { register } = useFormContext<FileForm>();
  return <Checkbox {...register(name)} label={t(name)} className={className} />;
}
