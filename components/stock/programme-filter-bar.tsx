import { useLocale, useTranslations } from 'next-intl';
import { ChoiceFilter, RangeFilter, ToggleChip } from '@/components/stock/filter-fields';
import { toggled } from '@/components/stock/filter-values';
import type { ProgrammeFilters, programmeChoices } from '@/components/stock/programme-filters';
import { SearchField } from '@/components/stock/search-field';
import { formatCents } from '@/lib/core/money';

/** What narrows the list of programmes. */
export function ProgrammeFilterBar({
  filters,
  patch,
  reset,
  choices,
  names,
}: {
  filters: ProgrammeFilters;
  patch: (change: Partial<ProgrammeFilters>) => void;
  reset: () => void;
  choices: ReturnType<typeof programmeChoices>;
  /** Promoters' names by slug. */
  names: ReadonlyMap<string, string>;
}) {
  const t = useTranslations('stock.filters');
  const locale = useLocale();
  const { cities, promoters, deliveries, typologies } = choices;
  const filtered = Object.values(filters).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== '' && value !== null && value !== false,
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={t('searchProgrammes')}
        value={filters.query}
        onChange={(query) => patch({ query })}
        className="max-sm:basis-full sm:max-w-80"
      />
      <fieldset
        aria-label={t('title')}
        className="flex min-w-0 gap-2 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1 sm:flex-wrap"
      >
        <ToggleChip on={filters.free} label={t('free')} onToggle={() => patch({ free: !filters.free })} />
        {typologies.values.map((typology) => (
          <ToggleChip
            key={typology}
            on={filters.typologies.includes(typology)}
            label={typology}
            onToggle={() => patch({ typologies: toggled(filters.typologies, typology) })}
          />
        ))}
        <RangeFilter
          name={t('budget')}
          unit="€"
          bounds={{ min: null, max: filters.budget }}
          onlyMax
          word={(euros) => formatCents(euros * 100, locale)}
          onChange={({ max }) => patch({ budget: max })}
        />
        <ChoiceFilter
          name={t('city')}
          {...cities}
          chosen={filters.cities}
          word={(city) => city}
          onChange={(chosen) => patch({ cities: chosen })}
        />
        {promoters.values.length > 1 && (
          <ChoiceFilter
            name={t('promoter')}
            {...promoters}
            chosen={filters.promoters}
            word={(slug) => names.get(slug) ?? slug}
            onChange={(chosen) => patch({ promoters: chosen })}
          />
        )}
        <ChoiceFilter
          name={t('delivery')}
          {...deliveries}
          chosen={filters.deliveries}
          word={String}
          onChange={(chosen) => patch({ deliveries: chosen })}
        />
      </fieldset>
      {filtered && (
        <button
          type="button"
          onClick={reset}
          className="rounded-md px-1 font-medium text-brand text-sm underline-offset-2 hover:underline max-sm:min-h-11"
        >
          {t('reset')}
        </button>
      )}
    </div>
  );
}
