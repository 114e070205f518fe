import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FilterMenu } from '@/components/stock/filter-menu';
import { toggled } from '@/components/stock/filter-values';
import { formatCount } from '@/components/stock/format';
import { Checkbox, Chip, Choices, RangeField } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** A small figure after a choice: how many lots it would leave. */
export function ChoiceCount({ count }: { count: number }) {
  const locale = useLocale();
  return <span className="font-normal text-ink-3 text-xs">{formatCount(count, locale)}</span>;
}

/** One value that is on or off, as a chip with its count. */
export function ToggleChip({
  on,
  label,
  count,
  onToggle,
}: {
  on: boolean;
  label: ReactNode;
  count?: number;
  onToggle: () => void;
}) {
  return (
    <Chip on={on} onClick={onToggle}>
      {label}
      {count !== undefined && <ChoiceCount count={count} />}
    </Chip>
  );
}

/** Several values of one thing, behind one chip. */
export function ChoiceFilter<Value extends string | number>({
  name,
  values,
  chosen,
  counts,
  word,
  onChange,
}: {
  name: string;
  values: readonly Value[];
  chosen: readonly Value[];
  counts: ReadonlyMap<Value, number>;
  word: (value: Value) => string;
  onChange: (values: Value[]) => void;
}) {
  if (values.length === 0) return null;
  // What is in the address but not in the stock stays visible, else it could not be taken away.
  const offered = [...values, ...chosen.filter((value) => !values.includes(value))];
  return (
    <FilterMenu label={chosen.length === 0 ? name : chosen.map(word).join(', ')} active={chosen.length > 0}>
      {() => (
        <Choices legend={name}>
          <div className="grid max-h-64 grid-cols-2 gap-x-4 overflow-y-auto">
            {offered.map((value) => (
              <Checkbox
                key={value}
                checked={chosen.includes(value)}
                onChange={() => onChange(toggled(chosen, value))}
                label={
                  <>
                    {word(value)} <ChoiceCount count={counts.get(value) ?? 0} />
                  </>
                }
              />
            ))}
          </div>
        </Choices>
      )}
    </FilterMenu>
  );
}

export type Bounds = { min: number | null; max: number | null };

/** A figure between two bounds, either of them open. */
export function RangeFilter({
  name,
  unit,
  bounds,
  onlyMax = false,
  word,
  onChange,
}: {
  name: string;
  unit: string;
  bounds: Bounds;
  /** Only « at most » is asked for. */
  onlyMax?: boolean;
  /** A bound in the reader's words: « 420 000 € ». */
  word: (value: number) => string;
  onChange: (bounds: Bounds) => void;
}) {
  const t = useTranslations('stock.filters');
  const { min, max } = bounds;
  const label =
    min !== null && max !== null
      ? t('between', { min: word(min), max: word(max) })
      : min !== null
        ? t('atLeast', { value: word(min) })
        : max !== null
          ? t('atMost', { value: word(max) })
          : name;
  const end = (value: number | null, title: string, change: (value: number | null) => Bounds) => ({
    'aria-label': t('bound', { name, bound: title }),
    placeholder: title,
    maxLength: 9,
    value: value ?? '',
    onChange: (event: { target: { value: string } }) => {
      const digits = event.target.value.replace(/\D/g, '');
      onChange(change(digits === '' ? null : Number(digits)));
    },
  });
  const least = end(min, t('min'), (value) => ({ min: value, max }));
  const most = end(max, t('max'), (value) => ({ min, max: value }));
  return (
    <FilterMenu label={label} active={min !== null || max !== null}>
      {() =>
        onlyMax ? (
          <Field label={name}>
            {(control) => <Input {...control} {...most} aria-label={undefined} inputMode="numeric" />}
          </Field>
        ) : (
          <RangeField legend={name} unit={unit} min={least} max={most} />
        )
      }
    </FilterMenu>
  );
}
