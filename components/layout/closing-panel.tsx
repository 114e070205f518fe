'use client';

import { usePathname } from 'next/navigation';
import type { ComponentProps, ReactNode } from 'react';

/** A native popover that a change of page closes: the header outlives the page, so its panel would stay open. */
export function ClosingPanel({
  id,
  className,
  children,
  ...panel
}: Pick<ComponentProps<'div'>, 'ref' | 'onBeforeToggle' | 'onToggle'> & {
  id: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <div {...panel} key={usePathname()} id={id} popover="auto" className={className}>
      {children}
    </div>
  );
}
