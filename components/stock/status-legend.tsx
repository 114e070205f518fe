import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { statusLook } from '@/components/stock/status-look';
import { Badge } from '@/components/ui/badge';
import { cx } from '@/components/ui/cx';
import { statusFamily } from '@/lib/stock/rules';
import type { StatusFamily, StockLot } from '@/lib/stock/schema';

/** What the colours and shapes say, for the statuses that are on screen; a customer's own under Koban's label. */
export function StatusLegend({ lots, className }: { lots: readonly StockLot[]; className?: string }) {
  const t = useTranslations('stock');
  const present = useMemo(() => {
    const seen = new Map<string, StatusFamily>();
    for (const { statusCode, statusLabel, result } of lots) {
      const family = statusFamily(statusCode, result);
      seen.set(statusLabel ?? (family === 'other' ? statusCode : t(`status.${family}`)), family);
    }
    return [...seen];
  }, [lots, t]);
  const order = Object.keys(statusLook);
  return (
    <ul aria-label={t('plan.legend')} className={cx('flex flex-wrap gap-1.5', className)}>
      {present
        .toSorted(([, a], [, b]) => order.indexOf(a) - order.indexOf(b))
        .map(([name, family]) => (
          <li key={name}>
            <Badge tone={statusLook[family].tone} icon={statusLook[family].icon} label={name} />
          </li>
        ))}
    </ul>
  );
}
