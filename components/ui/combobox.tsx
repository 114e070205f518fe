'use client';

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Listbox } from '@/components/ui/combobox-list';
import { type ComboboxItem, matches } from '@/components/ui/combobox-match';
import { cx } from '@/components/ui/cx';
import { Field, type FieldProps } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { controlLook } from '@/components/ui/input';

export interface ComboboxProps extends FieldProps {
  items: readonly ComboboxItem[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** Said when nothing matches. */
  empty: ReactNode;
  clearLabel: string;
  openLabel: string;
  required?: boolean;
  disabled?: boolean;
}

// A longer list is not read but narrowed: the rest comes with the next letters.
const most = 100;

const icon = 'grid size-7 place-items-center rounded-md hover:text-ink max-sm:size-9';

/**
 * One of a long list, found by typing. Written by hand to the ARIA pattern: Base UI's own hides the rest of the page, the
 * field's label included, from screen readers while its list is open.
 */
export function Combobox({
  items,
  value,
  onValueChange,
  onBlur,
  placeholder,
  empty,
  clearLabel,
  openLabel,
  required,
  disabled,
  ...field
}: ComboboxProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  // What is being typed; null while the field shows the choice.
  const [query, setQuery] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);

  const chosen = items.find((item) => item.value === value);
  const shown = (query ? items.filter((item) => matches(item, query)) : items).slice(0, most);

  const show = () => {
    setActive(
      Math.max(
        shown.findIndex((item) => item.value === value),
        0,
      ),
    );
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setQuery(null);
  };
  const pick = (item: ComboboxItem | undefined) => {
    if (!item || item.disabled) return;
    onValueChange(item.value);
    close();
  };
  const clear = () => {
    onValueChange(null);
    close();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (!open) return show();
      setActive((active + step + shown.length) % Math.max(shown.length, 1));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      pick(shown[active]);
    } else if (event.key === 'Escape' && open) {
      // The dialog around it, if any, must not close too.
      event.stopPropagation();
      close();
    }
  };

  return (
    <Field {...field}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            ref={input}
            role="combobox"
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && shown[active] ? `${listId}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={query ?? chosen?.label ?? ''}
            placeholder={placeholder}
            required={required}
            disabled={disabled}
            className={cx(controlLook, 'pr-16')}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
              setOpen(true);
              if (event.target.value === '') onValueChange(null);
            }}
            onClick={() => !open && show()}
            onKeyDown={onKeyDown}
            onBlur={() => {
              close();
              onBlur?.();
            }}
          />
          <span className="absolute inset-y-0 right-1.5 flex items-center text-ink-3">
            {chosen && !disabled && (
              <button type="button" aria-label={clearLabel} className={icon} onClick={clear}>
                <Icon name="cross" />
              </button>
            )}
            <button
              type="button"
              tabIndex={-1}
              aria-label={openLabel}
              disabled={disabled}
              className={icon}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                input.current?.focus();
                if (open) close();
                else show();
              }}
            >
              <Icon name="chevron" />
            </button>
          </span>
          <Listbox
            id={listId}
            open={open}
            anchor={input}
            items={shown}
            active={active}
            chosen={value}
            empty={empty}
            onPick={pick}
          />
        </div>
      )}
    </Field>
  );
}
