import { cx } from '@/components/ui/cx';

/** The arch and the name. */
export function Logo({ name, className }: { name: string; className?: string }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-2 font-bold text-[1.1875rem] text-ink tracking-tight',
        className,
      )}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 text-brand">
        <path d="M1.3 20V10a8.7 8.7 0 0 1 17.4 0v10" fill="none" stroke="currentColor" strokeWidth="2.5" />
      </svg>
      {name}
    </span>
  );
}
