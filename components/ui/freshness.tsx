import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';

/** `stale`: no answer for a while; `suspended`: too old to act upon. */
export type FreshnessState = 'fresh' | 'stale' | 'suspended';

const dots: Record<FreshnessState, string> = {
  fresh: 'bg-libre shadow-[0_0_0_4px_var(--libre-bg)]',
  stale: 'bg-option shadow-[0_0_0_4px_var(--option-bg)] rotate-45 rounded-[2px]',
  suspended: 'bg-accent shadow-[0_0_0_4px_var(--accent-bg)] rounded-none',
};

/** How old what is on screen is: a dot whose shape and colour turn, and the sentence that says it. */
export function Freshness({ state, children }: { state: FreshnessState; children: ReactNode }) {
  return (
    <span
      data-freshness={state}
      className={cx(
        'inline-flex items-center gap-2.5 pl-1 text-sm',
        state === 'fresh' ? 'text-ink-2' : 'font-medium',
        state === 'stale' && 'text-option',
        state === 'suspended' && 'text-accent',
      )}
    >
      <span aria-hidden="true" className={cx('size-2 flex-none rounded-full', dots[state])} />
      <span>{children}</span>
    </span>
  );
}
