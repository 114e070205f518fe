import type { ComponentProps, ReactNode } from 'react';
import { cx } from '@/components/ui/cx';

type NativeInput = Omit<ComponentProps<'input'>, 'type' | 'className'>;

const box =
  'peer size-5 flex-none appearance-none border border-line-field bg-card checked:border-brand checked:bg-brand ' +
  'hover:border-ink-3 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-accent';

/** A box to tick, its sentence beside it; works with `{...register('consent')}`. */
export function Checkbox({
  label,
  className,
  ...rest
}: NativeInput & { label: ReactNode; className?: string }) {
  return (
    <label className={cx('flex min-h-8 items-start gap-2.5 py-1 text-[0.875rem]', className)}>
      <span className="relative mt-px grid flex-none">
        <input {...rest} type="checkbox" className={cx(box, 'rounded-[5px]')} />
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className="pointer-events-none absolute inset-0.5 size-4 text-brand-ink opacity-0 peer-checked:opacity-100"
        >
          <path
            d="m3.5 8.5 3 3 6-6.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </span>
      <span>{label}</span>
    </label>
  );
}

/** A named group of choices. */
export function Choices({
  legend,
  children,
  className,
}: {
  legend: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <fieldset className={cx('min-w-0', className)}>
      <legend className="mb-1.5 font-[550] text-sm">{legend}</legend>
      {children}
    </fieldset>
  );
}

const chip =
  'inline-flex min-h-8 items-center gap-1.5 whitespace-nowrap rounded-full border border-line-2 bg-card px-3 py-1 ' +
  'font-medium text-ink-2 text-sm transition-colors duration-100 hover:border-line-field hover:text-ink max-sm:min-h-10';
const chipOn =
  'aria-pressed:border-brand aria-pressed:bg-brand-bg aria-pressed:text-brand ' +
  'has-checked:border-brand has-checked:bg-brand-bg has-checked:text-brand';

/** A filter that is on or off. */
export function Chip({ on, className, ...rest }: ComponentProps<'button'> & { on: boolean }) {
  return <button type="button" {...rest} aria-pressed={on} className={cx(chip, chipOn, className)} />;
}

/** A radio that looks like a chip, for a few short choices on one line; put it in `Choices`. */
export function ChipRadio({ label, ...rest }: NativeInput & { label: ReactNode }) {
  return (
    <label
      className={cx(
        chip,
        chipOn,
        'has-focus-visible:outline-2 has-focus-visible:outline-brand has-focus-visible:outline-offset-2',
      )}
    >
      <input {...rest} type="radio" className="sr-only" />
      {label}
    </label>
  );
}

/** Two typed figures, from and to. The unit is drawn in both; the names are read aloud. */
export function RangeField({
  legend,
  unit,
  min,
  max,
  className,
}: {
  legend: ReactNode;
  unit?: ReactNode;
  min: NativeInput & { 'aria-label': string };
  max: NativeInput & { 'aria-label': string };
  className?: string;
}) {
  return (
    <Choices legend={legend} className={className}>
      <div className="flex items-center gap-2">
        {[min, max].map((end, index) => (
          <span key={end['aria-label']} className="contents">
            {index === 1 && (
              <span aria-hidden="true" className="text-ink-3">
                –
              </span>
            )}
            <span className="flex min-h-9 w-full min-w-0 items-center gap-1 rounded-control border border-line-field bg-card px-2.5 focus-within:outline-2 focus-within:outline-brand focus-within:outline-offset-1 max-sm:min-h-11">
              <input
                inputMode="numeric"
                autoComplete="off"
                {...end}
                className="w-full min-w-0 bg-transparent text-[0.875rem] outline-none placeholder:text-ink-3"
              />
              {unit != null && <span className="text-ink-3 text-sm">{unit}</span>}
            </span>
          </span>
        ))}
      </div>
    </Choices>
  );
}
