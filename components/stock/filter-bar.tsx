import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { ChoiceCounts } from '@/components/stock/choice-counts';
import { ChoiceFilter, RangeFilter, ToggleChip } from '@/components/stock/filter-fields';
import { isFiltered, toggled } from '@/components/stock/filter-values';
import { formatCount, formatWholeArea } from '@/components/stock/format';
import { SearchField } from '@/components/stock/search-field';
import type { PatchFilters } from '@/components/stock/use-filters';
import { Select } from '@/components/ui/input';
import { formatCents } from '@/lib/core/money';
import { exposureLabel, type facetsOf, floorLabel } from '@/lib/stock/rules';
import {
  NO_FILTERS,
  STATUS_FAMILIES,
  STOCK_SORTS,
  type StockFilters,
  type StockSort,
} from '@/lib/stock/schema';

/** What narrows the list, how many lots are left, and the way back to all of them. */
export function FilterBar({
  filters,
  patch,
  facets,
  counts,
  matching,
  total,
}: {
  filters: StockFilters;
  patch: PatchFilters;
  facets: ReturnType<typeof facetsOf>;
  counts: ChoiceCounts;
  matching: number;
  total: number;
}) {
  const t = useTranslations('stock');
  const locale = useLocale();
  const { sort: _, ...none } = NO_FILTERS;
  const typologies = [...new Set([...facets.typologies, ...filters.typologies])];
  return (
    <div className="border-line border-b">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3.5 pb-2">
        <SearchField
          label={t('filters.search')}
          value={filters.query}
          onChange={(query) => patch({ query })}
          className="sm:max-w-64"
        />
        <SortSelect sort={filters.sort} patch={patch} />
        <div className="flex min-h-9 items-center gap-4 text-ink-2 text-sm max-sm:w-full sm:ml-auto">
          {isFiltered(filters) && (
            <button
              type="button"
              onClick={() => patch(none)}
              className="rounded-md px-1 font-medium text-brand underline-offset-2 hover:underline max-sm:order-last max-sm:ml-auto max-sm:min-h-11"
            >
              {t('filters.reset')}
            </button>
          )}
          <p role="status">
            {t.rich('list.count', {
              matching: formatCount(matching, locale),
              count: matching,
              total: formatCount(total, locale),
              b: (words) => <b className="text-ink">{words}</b>,
            })}
          </p>
        </div>
      </div>
      <fieldset
        aria-label={t('filters.title')}
        className="flex min-w-0 gap-2 px-4 pt-1 pb-3.5 max-sm:overflow-x-auto sm:flex-wrap"
      >
        <ToggleChip
          on={filters.available}
          label={t('filters.available')}
          count={counts.available}
          onToggle={() => patch({ available: !filters.available })}
        />
        {typologies.map((typology) => (
          <ToggleChip
            key={typology}
            on={filters.typologies.includes(typology)}
            label={typology}
            count={counts.typologies.get(typology) ?? 0}
            onToggle={() => patch({ typologies: toggled(filters.typologies, typology) })}
          />
        ))}
        <RangeFilter
          name={t('filters.price')}
          unit="€"
          bounds={{ min: filters.priceMin, max: filters.priceMax }}
          word={(euros) => formatCents(euros * 100, locale)}
          onChange={({ min, max }) => patch({ priceMin: min, priceMax: max })}
        />
        <RangeFilter
          name={t('filters.surface')}
          unit="m²"
          bounds={{ min: filters.surfaceMin, max: filters.surfaceMax }}
          word={(area) => formatWholeArea(area, locale)}
          onChange={({ min, max }) => patch({ surfaceMin: min, surfaceMax: max })}
        />
        <ChoiceFilter
          name={t('filters.floor')}
          values={facets.floors}
          chosen={filters.floors}
          counts={counts.floors}
          word={(floor) => floorLabel(floor, locale)}
          onChange={(floors) => patch({ floors })}
        />
        <ChoiceFilter
          name={t('filters.exposure')}
          values={facets.exposures}
          chosen={filters.exposures}
          counts={counts.exposures}
          word={(exposure) => exposureLabel(exposure, locale)}
          onChange={(exposures) => patch({ exposures })}
        />
        <ChoiceFilter
          name={t('filters.annexes')}
          values={facets.annexes}
          chosen={filters.annexes}
          counts={counts.annexes}
          word={(family) => t(`annex.${family}`)}
          onChange={(annexes) => patch({ annexes })}
        />
        <ChoiceFilter
          name={t('filters.status')}
          values={STATUS_FAMILIES.filter((family) => facets.counts[family] > 0)}
          chosen={filters.statuses}
          counts={counts.statuses}
          word={(family) => t(`status.${family}`)}
          onChange={(statuses) => patch({ statuses })}
        />
      </fieldset>
    </div>
  );
}

/** On a phone, in place of the columns' names. The other choices come with the script that makes them work. */
function SortSelect({ sort, patch }: { sort: StockSort; patch: PatchFilters }) {
  const t = useTranslations('stock');
  const [choices, setChoices] = useState<readonly StockSort[]>([sort]);
  useEffect(() => setChoices(STOCK_SORTS), []);
  return (
    <div className="w-36 flex-none sm:hidden">
      <Select
        aria-label={t('filters.sort')}
        value={sort}
        onChange={(event) => patch({ sort: STOCK_SORTS.find((each) => each === event.target.value) })}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {t(`list.sort.${each}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}
