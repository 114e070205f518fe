'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { formatArea, formatWholeArea } from '@/components/stock/format';
import { useStatusWords } from '@/components/stock/status-badge';
import { formatCents } from '@/lib/core/money';
import { exposureLabel, floorLabel } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

/** The reader's words for what a lot is; null where Koban does not say. Made once for a list: its rows only call them. */
export function useLotWords() {
  const t = useTranslations('stock');
  const locale = useLocale();
  const status = useStatusWords();
  return useMemo(
    () => ({
      none: t('none'),
      status,
      floor: (lot: Pick<StockLot, 'floor' | 'floorLabel'>) =>
        lot.floorLabel ?? (lot.floor === null ? null : floorLabel(lot.floor, locale)),
      exposure: (lot: Pick<StockLot, 'exposure'>) =>
        lot.exposure === null ? null : exposureLabel(lot.exposure, locale),
      area: (area: number | null) => (area === null ? null : formatArea(area, locale)),
      wholeArea: (area: number | null) => (area === null ? null : formatWholeArea(area, locale)),
      price: (cents: number | null) => (cents === null ? t('priceUnknown') : formatCents(cents, locale)),
      /** One line that names the lot apart from all others: « L502, T4, 84 m², 418 000 €, Libre ». */
      whole: (lot: StockLot) => {
        const { label, detail } = status(lot);
        return [
          lot.label,
          lot.typology,
          lot.surface === null ? null : formatWholeArea(lot.surface, locale),
          lot.priceCents === null ? null : formatCents(lot.priceCents, locale),
          label,
          detail,
        ]
          .filter((part) => part !== null)
          .join(', ');
      },
    }),
    [t, locale, status],
  );
}

export type LotWords = ReturnType<typeof useLotWords>;
