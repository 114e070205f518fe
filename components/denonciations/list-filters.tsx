'use client';

import { debounce, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useState, useTransition } from 'react';
import { SearchField } from '@/components/stock/search-field';
import { Chip } from '@/components/ui/choice';

/** The filters' names in the address are those of the lists' schemas, which the server parses. */
const parsers = { q: parseAsString.withDefault(''), state: parseAsString, page: parseAsInteger };

/** The search and the states of a list, in the address: the server narrows, the link can be shared. */
export function ListFilters({
  label,
  states,
  all,
  count,
  search,
}: {
  /** The name of the group of states. */
  label: string;
  states: readonly { value: string; label: string; count: number }[];
  all: { label: string; count: number };
  /** « 12 dénonciations », as found. */
  count: string;
  search: string;
}) {
  const [busy, startTransition] = useTransition();
  const [{ q, state }, patch] = useQueryStates(parsers, {
    shallow: false,
    history: 'replace',
    startTransition,
  });
  const [typed, setTyped] = useState(q);
  // The address may be changed by a link (« Tout afficher »): the field follows it.
  useEffect(() => setTyped(q), [q]);
  const choose = (value: string | null) => void patch({ state: value, page: null });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-3.5">
      <SearchField
        label={search}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          void patch({ q: value || null, page: null }, { limitUrlUpdates: debounce(value === '' ? 0 : 300) });
        }}
        className="max-sm:basis-full sm:max-w-80"
      />
      <fieldset
        aria-label={label}
        className="-mx-4 flex min-w-0 gap-2 px-4 py-0.5 max-sm:basis-[calc(100%+2rem)] max-sm:overflow-x-auto sm:mx-0 sm:flex-wrap sm:px-0"
      >
        <Chip on={state === null} onClick={() => choose(null)}>
          {all.label} <span className="font-normal">{all.count}</span>
        </Chip>
        {states
          .filter(({ value, count }) => count > 0 || value === state)
          .map(({ value, label, count }) => (
            <Chip key={value} on={state === value} onClick={() => choose(state === value ? null : value)}>
              {label} <span className="font-normal">{count}</span>
            </Chip>
          ))}
      </fieldset>
      <p role="status" aria-busy={busy} className="ml-auto text-ink-2 text-sm">
        {count}
      </p>
    </div>
  );
}
