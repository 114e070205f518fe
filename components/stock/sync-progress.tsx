'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { formatCount } from '@/components/stock/format';
import { Card } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import type { SyncProgress } from '@/lib/stock/schema';

// A page of 100 lots comes in well under a second: every two seconds the bar visibly moves.
const LOOK_MS = 2_000;

/** The first pull of a promoter's stock, while it runs; the page is drawn again until it has ended. */
export function FirstPull({ promoterName, progress }: { promoterName: string; progress: SyncProgress }) {
  const t = useTranslations('stock.firstPull');
  const locale = useLocale();
  const router = useRouter();
  useEffect(() => {
    if (progress.complete) return;
    const timer = setInterval(() => router.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [progress.complete, router]);
  if (progress.complete) return null;
  const { done, total } = progress;
  return (
    <Card pad className="mb-5">
      <Progress
        value={done}
        max={total ?? 0}
        label={t('title', { promoter: promoterName })}
        text={
          total === null
            ? t('unknownTotal', { done: formatCount(done, locale) })
            : t('counts', { done: formatCount(done, locale), total: formatCount(total, locale) })
        }
      />
      <p className="mt-2 text-ink-2 text-sm">{t('text')}</p>
    </Card>
  );
}
