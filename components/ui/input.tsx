import type { ComponentProps, ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Field, type FieldProps } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';

/** The look of every control that is typed into or chosen from. */
export const controlLook =
  'w-full rounded-control border border-line-field bg-card px-3 py-2 text-ink min-h-10 max-sm:min-h-11 placeholder:text-ink-3 ' +
  'transition-colors duration-100 hover:border-ink-3 focus-visible:outline-2 focus-visible:outline-offset-1 ' +
  'aria-invalid:border-accent aria-invalid:bg-accent-bg/40 disabled:cursor-not-allowed disabled:bg-sunk disabled:text-ink-3';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cx(controlLook, 'read-only:bg-sunk', className)} />;
}

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} rows={rows} className={cx(controlLook, 'field-sizing-content', className)} />;
}

/** The platform's own list: on a phone nothing beats it. For a long list that is searched, see Combobox. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className="relative block">
      <select {...rest} className={cx(controlLook, 'appearance-none pr-9', className)}>
        {children}
      </select>
      <Icon
        name="chevron"
        className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}

type With<Element extends 'input' | 'select' | 'textarea'> = FieldProps &
  Omit<ComponentProps<Element>, 'id' | 'className'>;

/** One labelled line of text: `<TextField label=… error=… {...register('nom')} />`. */
export function TextField({ label, hint, error, note, className, ...rest }: With<'input'>) {
  return (
    <Field {...{ label, hint, error, note, className }}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  );
}

/** A telephone number: digits' keyboard, the device's own suggestion, a free spelling that the schema normalises. */
export function PhoneField(props: With<'input'>) {
  return <TextField type="tel" inputMode="tel" autoComplete="tel" {...props} />;
}

export function TextareaField({ label, hint, error, note, className, ...rest }: With<'textarea'>) {
  return (
    <Field {...{ label, hint, error, note, className }}>
      {(control) => <Textarea {...rest} {...control} />}
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  error,
  note,
  className,
  children,
  ...rest
}: With<'select'> & { children: ReactNode }) {
  return (
    <Field {...{ label, hint, error, note, className }}>
      {(control) => (
        <Select {...rest} {...control}>
          {children}
        </Select>
      )}
    </Field>
  );
}
