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
  | 'search'
  | 'warn'
  | 'chevron';

/** A ring of radius 5.5 around the middle. */
const ring = 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z';

// One path each: a list draws thirty of them.
const shapes: Record<IconName, { d: string; width?: number; filled?: true }> = {
  circle: { d: ring },
  clock: { d: `${ring}M8 5v3.4l2.2 1.3` },
  bookmark: { d: 'M4 2.5h8v11l-4-2.6-4 2.6z' },
  bookmarkFilled: { d: 'M4 2.5h8v11l-4-2.6-4 2.6z', filled: true },
  lock: { d: 'M4.5 7.5h7v6h-7zM6 7.5V5.4a2 2 0 0 1 4 0v2.1', width: 1.8 },
  check: { d: 'm3 8.5 3.2 3.2L13 5', width: 2.2 },
  star: {
    d: 'm8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
    filled: true,
  },
  cross: { d: 'm4 4 8 8M12 4l-8 8' },
  question: { d: 'M5.3 6a2.7 2.7 0 1 1 3.9 2.4c-.8.4-1.2.9-1.2 1.6M8 12.7v.1' },
  broken: { d: `${ring}M4.2 4.2l7.6 7.6` },
  chevron: { d: 'm4 6 4 4 4-4', width: 1.8 },
  dash: { d: 'M4 8h8' },
  dot: { d: 'M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z', filled: true },
  info: { d: 'M14.2 8a6.2 6.2 0 1 1-12.4 0 6.2 6.2 0 0 1 12.4 0zM8 7.4v3.6M8 4.9v.1', width: 1.75 },
  search: { d: 'M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.5 10.5l3.5 3.5', width: 1.7 },
  warn: { d: 'M8 2.3 14.4 13.5H1.6zM8 6.4v3M8 11.4v.1', width: 1.75 },
};

/** A drawn shape at the size of the text around it; the words beside it carry the meaning for screen readers. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  const { d, width = 2, filled } = shapes[name];
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx('icon', className)}>
      {filled ? (
        <path d={d} fill="currentColor" />
      ) : (
        <path
          d={d}
          fill="none"
          stroke="currentColor"
          strokeWidth={width}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}
