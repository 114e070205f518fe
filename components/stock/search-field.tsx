import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';
import { controlLook } from '@/components/ui/input';

/** A search that acts as one types. */
export function SearchField({
  label,
  value,
  onChange,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}) {
  return (
    <span className={cx('relative block min-w-0 flex-1', className)}>
      <Icon
        name="search"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx(controlLook, 'min-h-9 py-1.5 pl-9')}
      />
    </span>
  );
}
