'use client';

import { Menu as Base } from '@base-ui/react/menu';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { floatLook } from '@/components/ui/popover';

export type MenuEntry = {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
  /** Drawn in the colour of what needs care. */
  careful?: boolean;
} & ({ href: string } | { onSelect: () => void });

const entryLook =
  'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[0.875rem] no-underline outline-none select-none ' +
  'data-highlighted:bg-sunk data-disabled:opacity-55 max-sm:min-h-11';

/** A list of acts or places behind one button. */
export function Menu({
  trigger,
  entries,
  align = 'end',
}: {
  trigger: ReactElement;
  entries: MenuEntry[];
  align?: 'start' | 'end';
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={12} className="z-50">
          <Base.Popup className={`min-w-52 p-1.5 ${floatLook}`}>
            {entries.map((entry) => {
              const look = cx(entryLook, entry.careful && 'text-accent');
              const content = (
                <>
                  {entry.icon}
                  {entry.label}
                </>
              );
              return 'href' in entry ? (
                <Base.LinkItem key={entry.key} className={look} render={<Link href={entry.href} />}>
                  {content}
                </Base.LinkItem>
              ) : (
                <Base.Item
                  key={entry.key}
                  disabled={entry.disabled}
                  className={look}
                  onClick={entry.onSelect}
                >
                  {content}
                </Base.Item>
              );
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
