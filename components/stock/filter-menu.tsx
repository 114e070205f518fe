import { type ReactNode, useId } from 'react';
import { AnchoredPanel, anchorOf } from '@/components/stock/anchored-panel';
import { Chip } from '@/components/ui/choice';
import { Icon } from '@/components/ui/icon';
import { useOpenPanel } from '@/components/ui/use-open-panel';

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
  const { open, panel } = useOpenPanel();
  return (
    <>
      <Chip on={active} popoverTarget={id} style={{ anchorName: anchorOf(id) }}>
        {label}
        <Icon name="chevron" className="-mr-1" />
      </Chip>
      <AnchoredPanel id={id} {...panel}>
        {open && children()}
      </AnchoredPanel>
    </>
  );
}
