import { cx } from '@/components/ui/cx';

/** A grey place holder of the size and corners given by its classes; keeps the layout while the content comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-pulse bg-line', className)} />;
}
