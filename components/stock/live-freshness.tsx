'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useStreamState } from '@/components/layout/use-live';
import { useFreshness } from '@/components/stock/use-freshness';
import { POLL_MS } from '@/components/stock/use-stock';
import { Button } from '@/components/ui/button';
import { Freshness as FreshnessDot } from '@/components/ui/freshness';
import { Note } from '@/components/ui/note';
import { formatShort, formatTime } from '@/lib/core/paris';
import type { Freshness } from '@/lib/stock/schema';

const HALF_DAY_MS = 43_200_000;

interface Props {
  promoter: string;
  fromServer: Freshness;
}

/** « 14:32:07 », with the day when it is long ago. */
function useSeenAt() {
  const locale = useLocale();
  return (seenAt: Date) =>
    Date.now() - seenAt.getTime() > HALF_DAY_MS ? formatShort(seenAt, locale) : formatTime(seenAt, locale);
}

/**
 * « Stock vu à 14:32:07 », its dot amber when Koban is silent, red when the stock is too old to act upon; and when the stream
 * is cut, that this screen asks by itself.
 */
export function LiveFreshness({ promoter, fromServer }: Props) {
  const t = useTranslations('stock.freshness');
  const { state, seenAt, why } = useFreshness(promoter, fromServer);
  const at = useSeenAt();
  const cut = useStreamState() === 'cut';
  return (
    <FreshnessDot state={state}>
      <span suppressHydrationWarning>
        {seenAt === null ? t('never') : t(why === 'koban-silent' ? 'silent' : 'seen', { at: at(seenAt) })}
        {cut && ` · ${t('cut', { seconds: POLL_MS / 1000 })}`}
      </span>
    </FreshnessDot>
  );
}

/** The sentence that must be read when nothing can be done: acts are suspended, or the session has ended. */
export function StockNotice({ promoter, promoterName, fromServer }: Props & { promoterName: string }) {
  const t = useTranslations('stock.freshness');
  const { state, seenAt, refused } = useFreshness(promoter, fromServer);
  const at = useSeenAt();
  if (refused) {
    return (
      <Note
        tone="warn"
        live
        className="mb-4"
        // A whole load: the gate of the page decides where this person goes.
        action={
          <Button size="sm" onClick={() => window.location.reload()}>
            {t('reload')}
          </Button>
        }
      >
        {t('refused')}
      </Note>
    );
  }
  if (state !== 'suspended') return null;
  return (
    <Note tone="danger" live className="mb-4" title={t('suspendedTitle', { promoter: promoterName })}>
      {seenAt === null ? t('neverText') : t('suspendedText', { at: at(seenAt) })}
    </Note>
  );
}
