'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useDeferredValue, useMemo } from 'react';
import { BuildingPlan, MOST_CELLS } from '@/components/stock/building-plan';
import { FilterBar } from '@/components/stock/filter-bar';
import { isFiltered } from '@/components/stock/filter-values';
import { type FirstLots, readFirst } from '@/components/stock/first-lots';
import { formatCount } from '@/components/stock/format';
import { LotList } from '@/components/stock/lot-list';
import { useChoiceCounts } from '@/components/stock/use-choice-counts';
import { useFilters } from '@/components/stock/use-filters';
import { useRememberFilters } from '@/components/stock/use-remembered-filters';
import { useStock } from '@/components/stock/use-stock';
import { useTwins } from '@/components/stock/use-twins';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { KpiRow } from '@/components/ui/kpi-row';
import { formatCents } from '@/lib/core/money';
import { applyFilters, facetsOf, priceFrom } from '@/lib/stock/rules';
import { NO_FILTERS } from '@/lib/stock/schema';

/** The lots of one programme: figures, plan and list, filtered without asking the server. */
export function ProgrammeStock({
  promoter,
  code,
  complete,
  firstLots,
}: {
  promoter: string;
  code: string;
  /** Whether the promoter's first pull has ended: before that, a lot that is not here may only not have come yet. */
  complete: boolean;
  /** Of `firstLotsOf`. */
  firstLots: string;
}) {
  const first = useMemo(() => readFirst(firstLots, promoter), [firstLots, promoter]);
  const { filters, patch } = useFilters();
  const stock = useProgrammeLots(promoter, code, first);
  // Typing stays ahead of drawing: the field answers first, the list right after.
  const applied = useDeferredValue(filters);
  const shown = useMemo(() => applyFilters(stock.lots, applied), [stock.lots, applied]);
  const counts = useChoiceCounts(stock.whole ? stock.lots : null, applied, first.counts);
  // Only the plan asks, and it draws no more than so many.
  const matching = useMemo(
    () => (isFiltered(applied) && stock.lots.length <= MOST_CELLS ? new Set(shown) : null),
    [applied, shown, stock.lots],
  );
  const count = stock.whole ? shown.length : first.matching;
  const twins = useTwins();
  useRememberFilters(promoter, code, filters);
  return (
    <>
      <Figures {...stock} told={complete || stock.total > 0} />
      <div
        {...twins}
        className="mt-5 grid items-start gap-5 xl:grid-cols-[clamp(20rem,100vw-54rem,30rem)_minmax(0,1fr)]"
      >
        <BuildingPlan lots={stock.whole ? stock.lots : null} matching={matching} total={stock.total} />
        <Card>
          <FilterBar
            filters={filters}
            patch={patch}
            facets={stock.facets}
            counts={counts}
            matching={count}
            total={stock.total}
          />
          {count === 0 ? (
            <NoLot
              total={stock.total}
              complete={complete}
              reset={() => patch({ ...NO_FILTERS, sort: filters.sort })}
            />
          ) : (
            <LotList lots={shown} count={count} sort={filters.sort} patch={patch} />
          )}
        </Card>
      </div>
    </>
  );
}

/** The programme's lots: the server's first rows, then all of them. */
function useProgrammeLots(promoter: string, code: string, first: FirstLots) {
  const { book } = useStock(promoter);
  return useMemo(() => {
    if (!book) {
      const { lots, total, facets, priceFromCents } = first;
      return { whole: false, lots, total, facets, priceFromCents };
    }
    const lots = book.lots.filter((lot) => lot.programmeCode === code);
    return {
      whole: true,
      lots,
      total: lots.length,
      facets: facetsOf(lots),
      priceFromCents: priceFrom(lots),
    };
  }, [book, first, code]);
}

function Figures({
  total,
  facets,
  priceFromCents,
  told,
}: ReturnType<typeof useProgrammeLots> & { told: boolean }) {
  const t = useTranslations('stock.figures');
  const locale = useLocale();
  const { libre, option, preresv, resv, acte } = facets.counts;
  const figure = (count: number) => (told ? formatCount(count, locale) : t('none'));
  return (
    <KpiRow
      items={[
        { label: t('lots'), value: figure(total) },
        { label: t('libre'), value: figure(libre) },
        { label: t('option'), value: figure(option) },
        { label: t('preresv'), value: figure(preresv) },
        { label: t('closed'), value: figure(resv + acte) },
        {
          label: t('priceFrom'),
          value: priceFromCents === null ? t('none') : formatCents(priceFromCents, locale),
        },
      ]}
    />
  );
}

function NoLot({ total, complete, reset }: { total: number; complete: boolean; reset: () => void }) {
  const t = useTranslations('stock.list');
  if (total === 0 && !complete) return <EmptyState title={t('untold')}>{t('untoldText')}</EmptyState>;
  if (total === 0) return <EmptyState title={t('noneYet')}>{t('noneYetText')}</EmptyState>;
  return (
    <EmptyState
      title={t('noMatch')}
      action={<Button onClick={reset}>{t('showAll', { count: total })}</Button>}
    >
      {t('noMatchText')}
    </EmptyState>
  );
}
