import type { ComponentProps, ReactNode } from 'react';
import { cx } from '@/components/ui/cx';

/** A white sheet on the paper. `pad` gives it the usual inner margin; a table goes in without. */
export function Card({ pad = false, className, ...rest }: ComponentProps<'section'> & { pad?: boolean }) {
  return (
    <section
      {...rest}
      className={cx(
        'min-w-0 rounded-card border border-line bg-card shadow-card',
        pad && 'p-4 sm:px-6 sm:py-5',
        className,
      )}
    />
  );
}

/** The line at the top of a card: its title, and at the right a count or an act. */
export function CardHeader({
  title,
  aside,
  className,
}: {
  title: ReactNode;
  aside?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cx(
        'flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-3.5',
        className,
      )}
    >
      <h2 className="text-lg">{title}</h2>
      {aside != null && <div className="ml-auto text-ink-2 text-sm">{aside}</div>}
    </div>
  );
}

/** Names and values, one a line. */
export function KeyValues({
  items,
  className,
}: {
  items: readonly { name: string; value: ReactNode }[];
  className?: string;
}) {
  return (
    <dl className={cx('border-line border-y py-2 text-[0.875rem]', className)}>
      {items.map(({ name, value }) => (
        <div key={name} className="flex items-baseline justify-between gap-6 py-1">
          <dt className="text-ink-2">{name}</dt>
          <dd className="text-right font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
