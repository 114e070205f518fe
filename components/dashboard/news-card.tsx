import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { lotHref, programmeHref } from '@/components/stock/links';
import { Badge } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { formatCents } from '@/lib/core/money';
import { formatShort } from '@/lib/core/paris';
import type { News } from '@/lib/dashboard/schema';

const row =
  'flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-4 py-2.5 text-[0.875rem] first:border-t-0';

/** New programmes and new prices since the visit before this one. */
export function NewsCard({ news }: { news: News }) {
  const t = useTranslations('dashboard.news');
  const all = useTranslations('notifications');
  const today = useTranslations('dashboard.today');
  const locale = useLocale();
  const { since, programmes, prices, morePrices } = news;
  const price = (cents: number | null) => (cents === null ? all('noPrice') : formatCents(cents, locale));
  return (
    <Card aria-label={t('title')}>
      <CardHeader title={t('title')} aside={since && t('since', { at: formatShort(since, locale) })} />
      {programmes.length + prices.length === 0 ? (
        <p className="px-4 py-5 text-ink-2">{t(since === null ? 'first' : 'empty')}</p>
      ) : (
        <ul>
          {programmes.map(({ promoter, promoterName, code, label }) => (
            <li key={`${promoter}/${code}`} className={row}>
              <Badge tone="libre" icon="star" label={t('programme')} />
              <Link
                href={programmeHref(promoter, code)}
                prefetch={false}
                className="py-0.5 font-semibold no-underline hover:underline"
              >
                {label}
              </Link>
              <span className="text-ink-3">{promoterName}</span>
            </li>
          ))}
          {prices.map(({ promoter, extcode, lot, programme, before, after }) => (
            <li key={`${promoter}/${extcode}`} className={row}>
              <Badge tone="preresv" icon="info" label={t('price')} />
              <Link
                href={lotHref(promoter, extcode)}
                prefetch={false}
                className="py-0.5 font-semibold no-underline hover:underline"
              >
                {today('lot', { label: lot })}
              </Link>
              <span className="text-ink-3">{programme}</span>
              <span className="ml-auto">
                {t('priceText', { before: price(before), after: price(after) })}
              </span>
            </li>
          ))}
          {morePrices > 0 && <li className={row}>{t('more', { count: morePrices })}</li>}
        </ul>
      )}
    </Card>
  );
}
