import { useLocale, useTranslations } from 'next-intl';
import { formatArea } from '@/components/stock/format';
import { floorLabel } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

/** The line under a lot's name: how many rooms, how large, how high. */
export function LotLede({ lot }: { lot: StockLot }) {
  const t = useTranslations('stock.lot');
  const locale = useLocale();
  return (
    <>
      {lot.typology !== null && <b>{lot.typology}</b>}
      {lot.surface !== null && <b>{formatArea(lot.surface, locale)}</b>}
      {lot.floorLabel !== null ? (
        <span>{lot.floorLabel}</span>
      ) : (
        lot.floor !== null && <span>{t('floor', { floor: floorLabel(lot.floor, locale) })}</span>
      )}
    </>
  );
}
