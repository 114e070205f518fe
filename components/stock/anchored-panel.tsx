import type { ComponentProps, ReactNode } from 'react';

/** The anchor that a button must carry (`style={{ anchorName }}`) for the panel of this id to stand beside it. */
export const anchorOf = (id: string) => `--${id.replace(/\W/g, '')}`;

/**
 * A panel that the button with `popoverTarget={id}` opens. The platform's own popover: in the top layer, closed by Escape or
 * a click beside it, at no cost in script. On a phone it is a sheet at the bottom.
 */
export function AnchoredPanel({
  id,
  children,
  ...panel
}: Pick<ComponentProps<'div'>, 'ref' | 'onBeforeToggle' | 'onToggle'> & {
  id: string;
  children: ReactNode;
}) {
  return (
    <div
      id={id}
      {...panel}
      popover="auto"
      style={{ positionAnchor: anchorOf(id) }}
      className="rounded-card border border-line-2 bg-card p-4 text-ink shadow-float max-sm:fixed max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:m-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none max-sm:pb-[max(1rem,env(safe-area-inset-bottom))] sm:w-72 sm:supports-[anchor-name:--a]:inset-auto sm:supports-[anchor-name:--a]:m-0 sm:supports-[anchor-name:--a]:mt-1.5 sm:supports-[anchor-name:--a]:[position-area:bottom_span-right] sm:supports-[anchor-name:--a]:[position-try-fallbacks:flip-inline,flip-block]"
    >
      {children}
    </div>
  );
}
