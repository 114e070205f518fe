'use client';

import { Combobox as Base } from '@base-ui/react/combobox';
import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Field, type FieldProps } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { controlLook } from '@/components/ui/input';
import { floatLook } from '@/components/ui/popover';

export interface ComboboxItem {
  value: string;
  /** What is searched and written in the field. */
  label: string;
  /** Second line of the list, also searched. */
  detail?: string;
  disabled?: boolean;
}

export interface ComboboxProps extends FieldProps {
  items: readonly ComboboxItem[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  placeholder?: string;
  empty: ReactNode;
  clearLabel: string;
  openLabel: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();

/** Each word typed must stand somewhere in the item, whatever its accents: « cana nan » finds « Les Terrasses du Canal, Nantes ». */
export function matches(item: ComboboxItem, query: string): boolean {
  const text = fold(`${item.label} ${item.detail ?? ''}`);
  return fold(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** One of a long list, found by typing. */
export function Combobox({
  items,
  value,
  onValueChange,
  placeholder,
  empty,
  clearLabel,
  openLabel,
  name,
  required,
  disabled,
  ...field
}: ComboboxProps) {
  const chosen = items.find((item) => item.value === value) ?? null;
  return (
    <Field {...field}>
      {(control) => (
        <Base.Root
          items={items}
          value={chosen}
          onValueChange={(item) => onValueChange(item?.value ?? null)}
          itemToStringLabel={(item) => item.label}
          itemToStringValue={(item) => item.value}
          isItemEqualToValue={(a, b) => a.value === b.value}
          filter={matches}
          name={name}
          required={required}
          disabled={disabled}
          autoHighlight
        >
          <Base.InputGroup className="relative">
            <Base.Input {...control} placeholder={placeholder} className={cx(controlLook, 'pr-16')} />
            <span className="absolute inset-y-0 right-1.5 flex items-center text-ink-3">
              <Base.Clear aria-label={clearLabel} className="grid size-7 place-items-center rounded-md hover:text-ink">
                <Icon name="cross" />
              </Base.Clear>
              <Base.Trigger aria-label={openLabel} className="grid size-7 place-items-center rounded-md hover:text-ink">
                <Icon name="chevron" className="size-4" />
              </Base.Trigger>
            </span>
          </Base.InputGroup>
          <Base.Portal>
            <Base.Positioner sideOffset={4} collisionPadding={12} className="z-50">
              <Base.Popup className={`w-(--anchor-width) overflow-hidden ${floatLook}`}>
                <Base.Empty className="px-3.5 text-ink-2 text-sm not-empty:py-3">{empty}</Base.Empty>
                <Base.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto overscroll-contain p-1.5 data-empty:p-0">
                  {(item: ComboboxItem) => (
                    <Base.Item
                      key={item.value}
                      value={item}
                      disabled={item.disabled}
                      className="grid min-h-9 cursor-default grid-cols-[1fr_auto] items-center gap-3 rounded-md px-2.5 py-1.5 text-[0.875rem] outline-none select-none data-highlighted:bg-sunk data-disabled:opacity-55 max-sm:min-h-11"
                    >
                      <span className="min-w-0">
                        {item.label}
                        {item.detail !== undefined && <span className="block text-ink-3 text-xs">{item.detail}</span>}
                      </span>
                      <Base.ItemIndicator>
                        <Icon name="check" className="text-brand" />
                      </Base.ItemIndicator>
                    </Base.Item>
                  )}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
