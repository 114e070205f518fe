'use client';

import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ComboboxItem } from '@/components/ui/combobox-match';
import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';

const gap = 4;
const tallest = 320;

/** The list of a combobox, in the browser's top layer so that no dialog or card cuts it. */
export function Listbox({
  id,
  open,
  anchor,
  items,
  active,
  chosen,
  empty,
  onPick,
}: {
  id: string;
  open: boolean;
  anchor: RefObject<HTMLElement | null>;
  items: readonly ComboboxItem[];
  active: number;
  chosen: string | null;
  empty: ReactNode;
  onPick: (item: ComboboxItem) => void;
}) {
  const panel = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = panel.current;
    if (!element || !open) return;
    const place = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!box) return;
      const below = innerHeight - box.bottom;
      const above = below < 200 && box.top > below;
      element.style.left = `${box.left}px`;
      element.style.width = `${box.width}px`;
      element.style.maxHeight = `${Math.min(tallest, (above ? box.top : below) - 3 * gap)}px`;
      element.style.top = above ? 'auto' : `${box.bottom + gap}px`;
      element.style.bottom = above ? `${innerHeight - box.top + gap}px` : 'auto';
    };
    place();
    element.showPopover();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
      element.hidePopover();
    };
  }, [open, anchor]);

  useEffect(() => {
    if (open) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [open, id, active]);

  return (
    <div
      ref={panel}
      popover="manual"
      className="fixed m-0 overflow-y-auto overscroll-contain rounded-card border border-line-2 bg-card p-1.5 text-ink shadow-float"
    >
      <p role="status" className="px-2.5 text-ink-2 text-sm not-empty:py-2">
        {open && items.length === 0 ? empty : null}
      </p>
      <div id={id} role="listbox" tabIndex={-1}>
        {open &&
          items.map((item, index) => (
            <button
              type="button"
              key={item.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={item.value === chosen}
              aria-disabled={item.disabled}
              // Focus stays in the field: pressing must not take it away.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(item)}
              className={cx(
                'grid min-h-9 w-full cursor-default text-left grid-cols-[1fr_auto] items-center gap-3 rounded-md px-2.5 py-1.5 text-[0.875rem] hover:bg-sunk aria-disabled:opacity-55 max-sm:min-h-11',
                index === active && 'bg-sunk',
              )}
            >
              <span className="min-w-0">
                {item.label}
                {item.detail !== undefined && <span className="block text-ink-3 text-xs">{item.detail}</span>}
              </span>
              {item.value === chosen && <Icon name="check" className="text-brand" />}
            </button>
          ))}
      </div>
    </div>
  );
}
