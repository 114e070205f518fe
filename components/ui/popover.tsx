'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

/** The look of whatever floats over the page. */
export const floatLook =
  'rounded-card border border-line-2 bg-card text-ink shadow-float outline-none origin-(--transform-origin) ' +
  'transition-[scale,opacity] duration-100 ease-out data-ending-style:scale-[0.98] data-ending-style:opacity-0 ' +
  'data-starting-style:scale-[0.98] data-starting-style:opacity-0';

/** A small panel beside its button: filters, explanations. `trigger` is a Button or a Chip. */
export function Popover({
  trigger,
  title,
  align = 'start',
  children,
}: {
  trigger: ReactElement;
  title?: ReactNode;
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={12} className="z-50">
          <Base.Popup className={`w-72 max-w-[calc(100vw-24px)] p-4 ${floatLook}`}>
            {title != null && <Base.Title className="mb-2 text-base">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
