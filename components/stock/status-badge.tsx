'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { formatUntil } from '@/components/stock/format';
import { statusLook } from '@/components/stock/status-look';
import { useFlash } from '@/components/stock/use-flash';
import { Badge } from '@/components/ui/badge';
import { statusFamily } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

export type Status = Pick<StockLot, 'statusCode' | 'statusLabel' | 'result'> &
  Partial<Pick<StockLot, 'optionRank' | 'rank1EndsAt' | 'withdrawn'>>;

/** The words of a status: its name, and what is known of the options behind it. */
export function useStatusWords() {
  const t = useTranslations('stock.status');
  const locale = useLocale();
  return useCallback(
    (status: Status): { label: string; detail: string | null } => {
      const family = statusFamily(status.statusCode, status.result);
      if (status.withdrawn) return { label: t('withdrawn'), detail: null };
      if (family === 'other') return { label: status.statusLabel ?? status.statusCode, detail: null };
      if (family !== 'option') return { label: t(family), detail: null };
      if (status.optionRank === 2) return { label: t('optionFull'), detail: t('bothRanks') };
      if (status.optionRank !== 1) return { label: t('option'), detail: null };
      const until = status.rank1EndsAt && formatUntil(status.rank1EndsAt, new Date(), locale);
      return { label: t('optionRank1'), detail: until ? t('until', { until }) : null };
    },
    [t, locale],
  );
}

/** A lot's status as a shape, a word and a second line; it flashes once when the status changes before the reader's eyes. */
export function StatusBadge({ status, className }: { status: Status; className?: string }) {
  const words = useStatusWords();
  const { label, detail } = words(status);
  const flash = useFlash(`${status.statusCode}/${status.result}/${status.optionRank}`);
  const look = status.withdrawn
    ? ({ tone: 'bloque', icon: 'cross' } as const)
    : statusLook[statusFamily(status.statusCode, status.result)];
  return (
    <span className={flash.className} onAnimationEnd={flash.onAnimationEnd}>
      <Badge
        tone={look.tone}
        icon={look.icon}
        label={label}
        detail={detail}
        data-status={status.statusCode}
        className={className}
      />
    </span>
  );
}
