'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { formatUntil } from '@/components/stock/format';
import { statusLook } from '@/components/stock/status-look';
import { useFlash } from '@/components/stock/use-flash';
import { useNow } from '@/components/stock/use-now';
import { Badge } from '@/components/ui/badge';
import { believedOptions, statusFamily } from '@/lib/stock/rules';
import type { StockLot } from '@/lib/stock/schema';

export type Status = Pick<StockLot, 'statusCode' | 'statusLabel' | 'result'> &
  Partial<Pick<StockLot, 'optionRank' | 'rank1EndsAt' | 'optionSeenAt' | 'withdrawn'>>;

export type StatusWords = { label: string; detail: string | null };

/** The words of a status: its name, and what is known of the options behind it. */
export function useStatusWords() {
  const t = useTranslations('stock.status');
  const locale = useLocale();
  const now = useNow();
  return useCallback(
    (status: Status): StatusWords => {
      const family = statusFamily(status.statusCode, status.result);
      if (status.withdrawn) return { label: t('withdrawn'), detail: null };
      if (family === 'other') return { label: status.statusLabel ?? status.statusCode, detail: null };
      if (family !== 'option') return { label: t(family), detail: null };
      const { optionRank = null, rank1EndsAt = null, optionSeenAt = null } = status;
      const options = believedOptions({ optionRank, rank1EndsAt, optionSeenAt }, now);
      if (options.rank === 2) return { label: t('optionFull'), detail: t('bothRanks') };
      if (options.rank !== 1) return { label: t('option'), detail: null };
      const until = options.rank1Until && formatUntil(options.rank1Until, now, locale);
      return { label: t('optionRank1'), detail: until ? t('until', { until }) : null };
    },
    [t, locale, now],
  );
}

/** A lot's status as a shape, a word and a second line. */
export function StatusBadge({ status }: { status: Status }) {
  return <StatusMark status={status} words={useStatusWords()(status)} />;
}

/** The same with its words found already, for long lists. It flashes once when the status changes before the reader's eyes. */
export function StatusMark({ status, words }: { status: Status; words: StatusWords }) {
  const { statusCode, result, optionRank, withdrawn } = status;
  const flash = useFlash(`${statusCode}/${result}/${optionRank}`);
  const look = withdrawn
    ? ({ tone: 'bloque', icon: 'cross' } as const)
    : statusLook[statusFamily(statusCode, result)];
  return (
    <Badge
      tone={look.tone}
      icon={look.icon}
      label={words.label}
      detail={words.detail}
      data-status={statusCode}
      flash={flash.flashing}
      onAnimationEnd={flash.onAnimationEnd}
    />
  );
}
