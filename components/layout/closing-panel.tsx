'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode, ToggleEvent } from 'react';

/** A native popover that a change of page closes: the header outlives the page, so its panel would stay open. */
export function ClosingPanel({
  id,
  className,
  onBeforeToggle,
  children,
}: {
  id: string;
  className: string;
  onBeforeToggle?: (event: ToggleEvent) => void;
  children: ReactNode;
}) {
  return (
    <div key={usePathname()} id={id} popover="auto" className={className} onBeforeToggle={onBeforeToggle}>
      {children}
    </div>
  );
}
