'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';

export interface DialogProps {
  open: boolean;
  /** Called with false by Escape, the cross and a press outside; ignore it while an act is under way. */
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** The acts, the main one last; on a phone they stay within reach of the thumb. */
  footer?: ReactNode;
  closeLabel: string;
  wide?: boolean;
  /** Where the keyboard starts, if not on the first control. */
  initialFocus?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}

/** A question that holds the page; under 640 px, a sheet that rises from the bottom. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  closeLabel,
  wide,
  initialFocus,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-50 grid items-end overflow-hidden sm:place-items-center sm:p-6">
          <Base.Popup
            initialFocus={initialFocus}
            className={cx(
              'relative flex max-h-[92dvh] w-full min-w-0 flex-col overflow-hidden rounded-t-[18px] bg-card shadow-float outline-none',
              'transition-[translate,opacity,scale] duration-200 ease-out sm:rounded-[14px] sm:duration-100',
              'max-sm:data-ending-style:translate-y-full max-sm:data-starting-style:translate-y-full',
              'sm:data-ending-style:scale-[0.98] sm:data-starting-style:scale-[0.98] sm:data-ending-style:opacity-0 sm:data-starting-style:opacity-0',
              wide ? 'sm:max-w-[680px]' : 'sm:max-w-[480px]',
            )}
          >
            <span
              aria-hidden="true"
              className="mx-auto mt-2 h-1 w-9 flex-none rounded-full bg-line-2 sm:hidden"
            />
            <div className="pt-3 pr-14 pb-1 pl-5 sm:pt-5 sm:pl-6">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-lg">{title}</Base.Title>
                {description != null && (
                  <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>
                )}
              </div>
            </div>
            <div className="min-h-0 overflow-y-auto px-5 py-3 sm:px-6 [&>dl:last-child]:border-b-0 [&>dl:last-child]:pb-0">
              {children}
            </div>
            {footer != null && (
              <div className="flex flex-none gap-2.5 border-line border-t px-5 pt-3.5 pb-[max(0.875rem,env(safe-area-inset-bottom))] max-sm:flex-col-reverse sm:justify-end sm:px-6">
                {footer}
              </div>
            )}
            {/* Last in the order of the keyboard, so that it starts on what the dialog asks. */}
            <Base.Close
              aria-label={closeLabel}
              className="absolute top-3 right-3 grid size-9 sm:top-4 sm:right-4 place-items-center rounded-control text-ink-3 hover:bg-sunk hover:text-ink"
            >
              <Icon name="cross" />
            </Base.Close>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
