import { type ReactNode, useId, useState } from 'react';
import { AnchoredPanel, anchorOf } from '@/components/stock/anchored-panel';
import { Chip } from '@/components/ui/choice';
import { Icon } from '@/components/ui/icon';

/** A chip that opens a panel of choices; the choices are drawn while it is open, not with the page. */
export function FilterMenu({
  label,
  active,
  children,
}: {
  label: ReactNode;
  active: boolean;
  children: () => ReactNode;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Chip on={active} popoverTarget={id} style={{ anchorName: anchorOf(id) }}>
        {label}
        <Icon name="chevron" className="-mr-1 size-3" />
      </Chip>
      <AnchoredPanel id={id} onBeforeToggle={(event) => setOpen(event.newState === 'open')}>
        {open && children()}
      </AnchoredPanel>
    </>
  );
}
