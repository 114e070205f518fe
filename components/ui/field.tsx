import { type ReactNode, useId } from 'react';
import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** The sentence that says what is wrong; its presence marks the field as faulty. */
  error?: ReactNode;
  /** Said after the label, in a quieter ink: « facultatif ». */
  note?: ReactNode;
  className?: string;
}

/** What a control must spread so that its label, hint and error are read with it. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label, hint and error around any control: `<Field label=…>{(control) => <Input {...control} />}</Field>`. */
export function Field({
  label,
  hint,
  error,
  note,
  className,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const describedBy = cx(hint != null && `${id}-hint`, error != null && `${id}-error`);
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-[550]">
        {label}
        {note != null && <span className="ml-1.5 font-normal text-ink-3">{note}</span>}
      </label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error != null || undefined,
      })}
      {hint != null && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
      {error != null && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** The sentence under a faulty field, or under a group of them. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm font-medium text-accent">
      <Icon name="info" className="mt-[3px] rotate-180" />
      <span>{children}</span>
    </p>
  );
}
