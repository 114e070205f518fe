'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { lotHref } from '@/components/stock/links';
import { useLotWords } from '@/components/stock/lot-words';
import { similarLots } from '@/components/stock/lots-around';
import { useStock } from '@/components/stock/use-stock';
import { Card } from '@/components/ui/card';
import type { StockLot } from '@/lib/stock/schema';

/** What else could be offered: free lots of the same size. */
export function SimilarLots({ lot }: { lot: StockLot }) {
  const t = useTranslations('stock.around');
  const words = useLotWords();
  const { book } = useStock(lot.promoter);
  const similar = useMemo(() => (book ? similarLots(book.lots, lot) : []), [book, lot]);
  if (similar.length === 0) return null;
  return (
    <Card aria-label={t('similar')}>
      <h2 className="px-4 pt-4 pb-1 text-lg sm:px-6">{t('similar')}</h2>
      <ul className="divide-y divide-line pb-1">
        {similar.map((other) => (
          <li
            key={other.extcode}
            data-lot={other.extcode}
            className="relative flex items-baseline gap-3 px-4 py-2.5 text-[0.875rem] hover:bg-brand-bg/60 sm:px-6"
          >
            <Link
              href={lotHref(other.promoter, other.extcode)}
              prefetch={false}
              className="font-semibold no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-brand"
            >
              {other.label}
            </Link>
            <span className="min-w-0 truncate text-ink-2">
              {[other.typology, words.floor(other), words.area(other.surface)]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            <span className="ml-auto whitespace-nowrap font-semibold">{words.price(other.priceCents)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
