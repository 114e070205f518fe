import { useLocale, useTranslations } from 'next-intl';
import { formatArea } from '@/components/stock/format';
import { floorLabel } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

/** The line under a lot's name: how many rooms, how large, how high. */
export function LotLede({ lot }: { lot: StockLot }) {
  const t = useTranslations('stock.lot');
  const locale = useLocale();
  const floor = lot.floorLabel ?? (lot.floor === null ? null : floorLabel(lot.floor, locale));
  return (
    <>
      {lot.typology !== null && <b>{lot.typology}</b>}
      {lot.surface !== null && <b>{formatArea(lot.surface, locale)}</b>}
      {floor !== null && (
        <span>{lot.floorLabel === null && (lot.floor ?? 0) > 0 ? t('floor', { floor }) : floor}</span>
      )}
    </>
  );
}
