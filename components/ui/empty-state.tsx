import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';

/** Nothing here, and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center', className)}>
      {icon != null && (
        <span
          aria-hidden="true"
          className="mb-4 grid size-12 place-items-center rounded-full bg-sunk text-ink-3 [&>svg]:size-6"
        >
          {icon}
        </span>
      )}
      <p className="font-semibold text-lg">{title}</p>
      {children != null && <div className="mt-1 text-ink-2">{children}</div>}
      {action != null && <div className="mt-5 flex flex-wrap justify-center gap-2.5">{action}</div>}
    </div>
  );
}
