import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useStock } from '@/components/stock/use-stock';
import { Note } from '@/components/ui/note';
import { formatCents } from '@/lib/core/money';
import type { ReservationOffer } from '@/lib/reservations/schema';
import { statusFamily } from '@/lib/stock/rules';

type Lot = ReservationOffer['lot'];

/** The lot of an open form as the stock has it now: its price in cents, and whether it is still to be had. */
export function useOfferNow({ promoter, extcode, priceCents }: Lot) {
  const { book } = useStock(promoter);
  return useMemo(() => {
    if (!book) return { priceCents, taken: false };
    const held = book.lots.find((lot) => lot.extcode === extcode);
    if (!held || held.withdrawn) return { priceCents, taken: true };
    const family = statusFamily(held.statusCode, held.result);
    return { priceCents: held.priceCents, taken: family !== 'libre' && family !== 'option' };
  }, [book, extcode, priceCents]);
}

/** What has changed of the lot since its form was opened. */
export function OfferMoved({ lot, now }: { lot: Lot; now: ReturnType<typeof useOfferNow> }) {
  const t = useTranslations('reservations.new');
  const locale = useLocale();
  const price = now.priceCents === null ? null : formatCents(now.priceCents, locale);
  return (
    <>
      {now.taken && (
        <Note tone="warn" live>
          {t('lotTaken')}
        </Note>
      )}
      {now.priceCents !== lot.priceCents && (
        <Note tone="warn" live>
          {price === null ? t('priceGone') : t('priceMoved', { price })}
        </Note>
      )}
    </>
  );
}
