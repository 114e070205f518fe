import { type ReactNode, useId } from 'react';
import { AnchoredPanel, anchorOf } from '@/components/stock/anchored-panel';
import { Chip } from '@/components/ui/choice';
import { Icon } from '@/components/ui/icon';

/** A chip that opens a panel of choices. */
export function FilterMenu({
  label,
  active,
  children,
}: {
  label: ReactNode;
  active: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <>
      <Chip on={active} popoverTarget={id} style={{ anchorName: anchorOf(id) }}>
        {label}
        <Icon name="chevron" className="-mr-1 size-3" />
      </Chip>
      <AnchoredPanel id={id}>{children}</AnchoredPanel>
    </>
  );
}
