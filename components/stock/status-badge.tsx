'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { formatUntil } from '@/components/stock/format';
import { statusLook } from '@/components/stock/status-look';
import { useFlash } from '@/components/stock/use-flash';
import { useNow } from '@/components/stock/use-now';
import { Badge } from '@/components/ui/badge';
import { believedOptions, shownFamily } from '@/lib/stock/rules';
import type { StatusFamily, StockLot } from '@/lib/stock/schema';

export type Status = Pick<StockLot, 'statusCode' | 'statusLabel' | 'result'> &
  Partial<Pick<StockLot, 'optionRank' | 'rank1EndsAt' | 'optionSeenAt' | 'withdrawn'>>;

/** `family`: what it is drawn as. */
export type StatusWords = { label: string; detail: string | null; family: StatusFamily };

/** The words of a status: its name, and what is known of the options behind it. */
export function useStatusWords() {
  const t = useTranslations('stock.status');
  const locale = useLocale();
  const now = useNow();
  return useCallback(
    (status: Status): StatusWords => {
      if (status.withdrawn) return { label: t('withdrawn'), detail: null, family: 'bloque' };
      const { statusCode, result, optionRank = null, rank1EndsAt = null, optionSeenAt = null } = status;
      const reading = { optionRank, rank1EndsAt, optionSeenAt };
      const family = shownFamily({ statusCode, result, ...reading }, now);
      // One of Koban's own statuses has a label only where the promoter wants it shown otherwise.
      const own = status.statusLabel;
      if (family === 'other') return { label: own ?? statusCode, detail: null, family };
      if (family !== 'option') return { label: own ?? t(family), detail: null, family };
      const options = believedOptions(reading, now);
      if (options.rank === 2) return { label: t('optionFull'), detail: t('bothRanks'), family };
      if (options.rank !== 1) return { label: own ?? t('option'), detail: null, family };
      const until = options.rank1Until && formatUntil(options.rank1Until, now, locale);
      return { label: t('optionRank1'), detail: until ? t('until', { until }) : null, family };
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
  const { tone, icon } = statusLook[words.family];
  return (
    <Badge
      tone={tone}
      icon={withdrawn ? 'cross' : icon}
      label={words.label}
      detail={words.detail}
      data-status={statusCode}
      flash={flash.flashing}
      onAnimationEnd={flash.onAnimationEnd}
    />
  );
}
