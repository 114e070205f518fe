'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { optionRight } from '@/components/stock/lot-acts';
import { StatusBadge } from '@/components/stock/status-badge';
import { useFreshness } from '@/components/stock/use-freshness';
import { useLot } from '@/components/stock/use-lot';
import { useNow } from '@/components/stock/use-now';
import { Card } from '@/components/ui/card';
import { Note } from '@/components/ui/note';
import { formatShort } from '@/lib/core/paris';
import { believedOptions } from '@/lib/stock/rules';
import type { Freshness, StockAnnex, StockLot } from '@/lib/stock/schema';

/** The lot's status now, what may be done with it, and if nothing, why. */
export function LotStatusPanel({
  lot: fromServer,
  age,
  annex,
}: {
  lot: StockLot;
  age: Freshness;
  /** The annex whose link led here. */
  annex: StockAnnex | null;
}) {
  const t = useTranslations('stock');
  const locale = useLocale();
  const lot = useLot(fromServer);
  const now = useNow();
  const router = useRouter();
  // Gone from this person's stock: the server knows whether it was withdrawn, or is no longer theirs to see.
  const gone = lot.withdrawn && !fromServer.withdrawn;
  useEffect(() => {
    if (gone) router.refresh();
  }, [gone, router]);
  const right = optionRight(lot, useFreshness(lot.promoter, age).state, now);
  const sentence = () => {
    if (!right.allowed) return t(`acts.no.${right.why}`);
    if (right.rank === 1) return t('acts.rank1');
    if (right.rank === null) return t('acts.rankUnknown');
    if (right.rank === 'taken')
      return t('acts.ranksTaken', { at: formatShort(lot.optionSeenAt ?? now, locale) });
    const { rank1Until } = believedOptions(lot, now);
    return rank1Until ? t('acts.rank2Until', { until: formatShort(rank1Until, locale) }) : t('acts.rank2');
  };
  return (
    <Card pad aria-label={t('acts.title')} data-lot={lot.extcode}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="text-lg">{t('acts.title')}</h2>
        <StatusBadge status={lot} />
      </div>
      {annex !== null && (
        <p className="mt-2 text-ink-2 text-sm">
          {t('lot.annexOf', { kind: annex.kind, label: annex.label })}
        </p>
      )}
      <Note tone={right.allowed && right.rank !== 'taken' ? 'done' : 'info'} live className="mt-3">
        {sentence()}
      </Note>
      <p className="mt-2 text-ink-3 text-sm">{t('acts.checked')}</p>
    </Card>
  );
}
