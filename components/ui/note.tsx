import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Icon, type IconName } from '@/components/ui/icon';

export type NoteTone = 'info' | 'done' | 'warn' | 'danger';

const looks: Record<NoteTone, { frame: string; ink: string; icon: IconName }> = {
  info: { frame: 'border-preresv bg-preresv-bg', ink: 'text-preresv', icon: 'info' },
  done: { frame: 'border-libre bg-libre-bg', ink: 'text-libre', icon: 'check' },
  warn: { frame: 'border-option bg-option-bg', ink: 'text-option', icon: 'warn' },
  danger: { frame: 'border-accent bg-accent-bg', ink: 'text-accent', icon: 'warn' },
};

/** A sentence that must be read before going on. `live` reads it aloud when it appears. */
export function Note({
  tone = 'info',
  title,
  action,
  live = false,
  className,
  children,
}: {
  tone?: NoteTone;
  title?: ReactNode;
  action?: ReactNode;
  live?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const look = looks[tone];
  return (
    <div
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={cx(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-r-control border-l-[3px] px-3.5 py-2.5 text-[0.875rem] text-ink',
        look.frame,
        className,
      )}
    >
      <Icon name={look.icon} className={cx('mt-[3px]', look.ink)} />
      <div className="min-w-0 flex-1">
        {title != null && <p className="font-semibold">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}
