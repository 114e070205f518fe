import { SearchField } from '@/components/stock/search-field';
import { Chip } from '@/components/ui/choice';

/** The search and the states of a list. */
export function ListFilters<State extends string>({
  search,
  typed,
  onType,
  label,
  state,
  onChoose,
  states,
  all,
  count,
  busy,
}: {
  /** The name of the search field. */
  search: string;
  typed: string;
  onType: (typed: string) => void;
  /** The name of the group of states. */
  label: string;
  state: State | null;
  onChoose: (state: State | null) => void;
  states: readonly { value: State; label: string; count: number }[];
  all: { label: string; count: number };
  /** « 12 dénonciations », as found. */
  count: string;
  busy: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-3.5">
      <SearchField label={search} value={typed} onChange={onType} className="max-sm:basis-full sm:max-w-80" />
      <fieldset
        aria-label={label}
        className="-mx-4 flex min-w-0 gap-2 px-4 py-0.5 max-sm:basis-[calc(100%+2rem)] max-sm:overflow-x-auto sm:mx-0 sm:flex-wrap sm:px-0"
      >
        <Chip on={state === null} onClick={() => onChoose(null)}>
          {all.label} <span className="font-normal">{all.count}</span>
        </Chip>
        {states
          .filter(({ value, count }) => count > 0 || value === state)
          .map(({ value, label, count }) => (
            <Chip key={value} on={state === value} onClick={() => onChoose(state === value ? null : value)}>
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
