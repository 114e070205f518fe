import { type FocusEvent, type PointerEvent, useRef } from 'react';

/**
 * Lights every mark of one lot (its row, its cell in the plan) when any of them is under the pointer or has the focus.
 * By attribute, not by state: passing over a building of 300 lots renders nothing.
 */
export function useTwins() {
  const root = useRef<HTMLDivElement>(null);
  const light = (target: EventTarget | null) => {
    const mark = target instanceof Element ? target.closest<HTMLElement>('[data-lot]') : null;
    for (const lit of root.current?.querySelectorAll('[data-hover]') ?? []) lit.removeAttribute('data-hover');
    if (!mark?.dataset.lot) return;
    const twins = root.current?.querySelectorAll(`[data-lot="${CSS.escape(mark.dataset.lot)}"]`) ?? [];
    for (const twin of twins) twin.setAttribute('data-hover', '');
  };
  return {
    ref: root,
    onPointerOver: (event: PointerEvent) => light(event.target),
    onPointerLeave: () => light(null),
    onFocus: (event: FocusEvent) => light(event.target),
    onBlur: () => light(null),
  };
}
