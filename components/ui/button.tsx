import Link from 'next/link';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

/** `danger` confirms what cannot be undone; `caution` is its quiet form, which opens the confirmation. */
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'caution';
export type ButtonSize = 'sm' | 'md' | 'lg';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-brand bg-brand text-brand-ink hover:border-brand-hover hover:bg-brand-hover',
  secondary: 'border-line-2 bg-card text-ink hover:border-line-field hover:bg-sunk',
  ghost: 'border-transparent text-ink-2 hover:bg-sunk hover:text-ink',
  danger: 'border-accent bg-accent text-brand-ink hover:brightness-110',
  caution: 'border-line-2 bg-card text-accent hover:border-accent hover:bg-accent-bg',
};

// A finger needs 44 px: `md` and `lg` reach it on a phone, `sm` (rows of a dense table) keeps to 36 px there.
const sizes: Record<ButtonSize, string> = {
  sm: 'min-h-8 px-2.5 py-1 text-sm max-sm:min-h-9',
  md: 'min-h-[2.375rem] px-3.5 py-2 text-[0.875rem] max-sm:min-h-11',
  lg: 'min-h-11 px-5 py-2.5 text-base max-sm:min-h-12',
};

interface Look {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Drawn before the label; give it `aria-hidden`. */
  icon?: ReactNode;
  /** As wide as its container. */
  full?: boolean;
}

function look({ variant = 'secondary', size = 'md', full }: Look, className?: string) {
  return cx(
    'relative inline-flex select-none items-center justify-center gap-2 whitespace-nowrap rounded-control border text-center font-semibold no-underline transition-colors duration-100',
    'disabled:cursor-not-allowed disabled:opacity-55',
    full && 'w-full',
    variants[variant],
    sizes[size],
    className,
  );
}

export interface ButtonProps extends ComponentProps<'button'>, Look {
  /** The act is under way: the width holds, a second click does nothing, focus stays. */
  pending?: boolean;
  /** Said to screen readers while pending. */
  pendingLabel?: string;
}

export function Button({
  variant,
  size,
  icon,
  full,
  pending = false,
  pendingLabel,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const hold = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  return (
    <>
      <button
        {...rest}
        type={type}
        onClick={pending ? hold : onClick}
        // Not `disabled`: that would drop the keyboard's focus in the middle of the act.
        aria-disabled={pending || undefined}
        aria-busy={pending || undefined}
        className={look({ variant, size, full }, cx(pending && 'cursor-progress', className))}
      >
        <span className={cx('inline-flex items-center gap-2', pending && 'opacity-0')}>
          {icon}
          {children}
        </span>
        {pending && (
          <span aria-hidden="true" className="absolute inset-0 grid place-items-center">
            <span className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent" />
          </span>
        )}
      </button>
      {pendingLabel && <VisuallyHidden role="status">{pending ? pendingLabel : ''}</VisuallyHidden>}
    </>
  );
}

export type LinkButtonProps = ComponentProps<typeof Link> & Look;

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ variant, size, icon, full, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={look({ variant, size, full }, className)}>
      {icon}
      {children}
    </Link>
  );
}
