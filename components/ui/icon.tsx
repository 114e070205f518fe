import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';

/** The shapes that say a state without its colour. */
export type IconName =
  | 'circle'
  | 'clock'
  | 'bookmark'
  | 'bookmarkFilled'
  | 'lock'
  | 'check'
  | 'star'
  | 'cross'
  | 'question'
  | 'broken'
  | 'dash'
  | 'dot'
  | 'info'
  | 'warn'
  | 'chevron';

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const shapes: Record<IconName, ReactNode> = {
  circle: <circle cx="8" cy="8" r="5.5" {...line} />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" {...line} />
      <path d="M8 5v3.4l2.2 1.3" {...line} strokeWidth={1.8} />
    </>
  ),
  bookmark: <path d="M4 2.5h8v11l-4-2.6-4 2.6z" {...line} />,
  bookmarkFilled: <path d="M4 2.5h8v11l-4-2.6-4 2.6z" fill="currentColor" />,
  lock: <path d="M4.5 7.5h7v6h-7zM6 7.5V5.4a2 2 0 0 1 4 0v2.1" {...line} strokeWidth={1.8} />,
  check: <path d="m3 8.5 3.2 3.2L13 5" {...line} strokeWidth={2.2} />,
  star: <path d="m8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z" fill="currentColor" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" {...line} />,
  question: <path d="M5.3 6a2.7 2.7 0 1 1 3.9 2.4c-.8.4-1.2.9-1.2 1.6M8 12.7v.1" {...line} />,
  broken: (
    <>
      <circle cx="8" cy="8" r="5.5" {...line} />
      <path d="m4.2 4.2 7.6 7.6" {...line} />
    </>
  ),
  chevron: <path d="m4 6 4 4 4-4" {...line} strokeWidth={1.8} />,
  dash: <path d="M4 8h8" {...line} />,
  dot: <circle cx="8" cy="8" r="2.5" fill="currentColor" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} strokeWidth={1.7} />
      <path d="M8 7.4v3.6M8 4.9v.1" {...line} strokeWidth={1.8} />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.3 14.4 13.5H1.6z" {...line} strokeWidth={1.7} />
      <path d="M8 6.4v3M8 11.4v.1" {...line} strokeWidth={1.8} />
    </>
  ),
};

/** A drawn shape at the size of the text around it; the words beside it carry the meaning for screen readers. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx('size-[0.8125rem] flex-none', className)}>
      {shapes[name]}
    </svg>
  );
}
