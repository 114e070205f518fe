'use client';

import { useTranslations } from 'next-intl';
import { reserveHref } from '@/components/stock/links';
import { useFreshness } from '@/components/stock/use-freshness';
import { useLot } from '@/components/stock/use-lot';
import { LinkButton } from '@/components/ui/button';
import { statusFamily } from '@/lib/stock/rules';
import type { Freshness, StockLot } from '@/lib/stock/schema';

/** « Réserver » on a lot's page, while it is for sale or under an option of ours. */
export function LotReserve({
  lot: fromServer,
  age,
  option,
}: {
  lot: StockLot;
  age: Freshness;
  /** This partner's option on the lot, when there is one. */
  option: string | null;
}) {
  const t = useTranslations('options.list');
  const lot = useLot(fromServer);
  const suspended = useFreshness(lot.promoter, age).state === 'suspended';
  const family = statusFamily(lot.statusCode, lot.result);
  const open = family === 'libre' || (family === 'option' && option !== null);
  if (lot.withdrawn || !lot.actable || suspended || !open) return null;
  return (
    <LinkButton href={reserveHref(lot.promoter, lot.extcode, option ?? undefined)} prefetch={false}>
      {t('reserve')}
    </LinkButton>
  );
}
