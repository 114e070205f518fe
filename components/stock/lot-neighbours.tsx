'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { isFiltered } from '@/components/stock/filter-values';
import { lotHref, programmeHref } from '@/components/stock/links';
import { neighboursOf } from '@/components/stock/lots-around';
import { useRememberedFilters } from '@/components/stock/use-remembered-filters';
import { useStock } from '@/components/stock/use-stock';
import { Icon } from '@/components/ui/icon';
import type { StockLot } from '@/lib/stock/schema';

/** The lots before and after this one, in the order and under the filters that the reader left on the programme. */
export function LotNeighbours({ lot }: { lot: StockLot }) {
  const t = useTranslations('stock.around');
  const { book } = useStock(lot.promoter);
  const filters = useRememberedFilters(lot.promoter, lot.programmeCode);
  const around = useMemo(() => (book ? neighboursOf(book.lots, lot, filters) : null), [book, lot, filters]);
  return (
    <nav aria-label={t('title')} className="mb-5 flex min-h-9 items-center justify-between gap-3 text-sm">
      <Neighbour lot={around?.previous} label={t('previous')} before />
      <span className="text-center text-ink-3">
        {around && around.place !== null
          ? t(isFiltered(filters) ? 'placeFiltered' : 'place', { place: around.place, count: around.count })
          : around && (
              <Link
                href={programmeHref(lot.promoter, lot.programmeCode)}
                className="underline underline-offset-2"
              >
                {t('outside')}
              </Link>
            )}
      </span>
      <Neighbour lot={around?.next} label={t('next')} />
    </nav>
  );
}

function Neighbour({
  lot,
  label,
  before = false,
}: {
  lot: StockLot | null | undefined;
  label: string;
  before?: boolean;
}) {
  if (!lot) return <span className="w-20" />;
  const arrow = <Icon name="chevron" className={before ? 'rotate-90' : '-rotate-90'} />;
  return (
    <Link
      href={lotHref(lot.promoter, lot.extcode)}
      rel={before ? 'prev' : 'next'}
      className="inline-flex min-h-9 items-center gap-1.5 rounded-md px-1 font-medium text-ink-2 no-underline hover:text-ink max-sm:min-h-11"
    >
      {before && arrow}
      <span className="sr-only">{label}</span>
      {lot.label}
      {!before && arrow}
    </Link>
  );
}
