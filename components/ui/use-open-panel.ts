import { type ToggleEvent, useEffect, useRef, useState } from 'react';

/**
 * Whether a native popover is open, for what is drawn only then: `panel` goes to its element. What it holds stays until the browser has
 * hidden it and given the focus back; one that was opened before the script came is found open.
 */
export function useOpenPanel() {
  const ref = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(ref.current?.matches(':popover-open') ?? false), []);
  return {
    open,
    panel: {
      ref,
      onBeforeToggle: ({ newState }: ToggleEvent) => newState === 'open' && setOpen(true),
      onToggle: ({ newState }: ToggleEvent) => newState === 'closed' && setOpen(false),
    },
  };
}
