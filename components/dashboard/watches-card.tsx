import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { RemoveWatch } from '@/components/dashboard/remove-watch';
import { lotHref } from '@/components/stock/links';
import { statusLook } from '@/components/stock/status-look';
import { Badge } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { formatCents } from '@/lib/core/money';
import type { WatchLine } from '@/lib/notifications/schema';
import { statusFamily } from '@/lib/stock/rules';

/** The lots of which this person wants to hear, as they stand now. */
export function WatchesCard({ watches }: { watches: readonly WatchLine[] }) {
  const t = useTranslations('dashboard.watches');
  const locale = useLocale();
  const today = useTranslations('dashboard.today');
  return (
    <Card aria-label={t('title')}>
      <CardHeader title={t('title')} />
      {watches.length === 0 ? (
        <p className="px-4 py-5 text-ink-2">{t('empty')}</p>
      ) : (
        <ul>
          {watches.map((line) => {
            const { kind, promoter, extcode, label, programme, priceCents } = line;
            return (
              <li
                key={`${kind} ${promoter}/${extcode}`}
                data-watch={kind}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-4 py-2.5 text-[0.875rem] first:border-t-0"
              >
                <span className="min-w-0 flex-[1_1_9rem]">
                  <Link
                    href={lotHref(promoter, extcode)}
                    prefetch={false}
                    className="inline-block py-0.5 font-semibold no-underline hover:underline"
                  >
                    {today('lot', { label })}
                  </Link>
                  <span className="block text-ink-3 text-xs">
                    {[programme, priceCents === null ? null : formatCents(priceCents, locale), t(kind)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <StatusNow line={line} />
                <RemoveWatch
                  watch={{ promoter, extcode, kind }}
                  label={t('remove')}
                  name={t(kind === 'freed' ? 'removeFreed' : 'removeFollowed', { label })}
                  fault={t('fault')}
                />
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function StatusNow({ line }: { line: WatchLine }) {
  const t = useTranslations('stock.status');
  const gone = useTranslations('dashboard.watches');
  const { statusCode, statusLabel, result, withdrawn } = line;
  if (withdrawn || statusCode === null) return <Badge tone="bloque" icon="cross" label={gone('withdrawn')} />;
  const family = statusFamily(statusCode, result);
  return (
    <Badge
      {...statusLook[family]}
      label={family === 'other' ? (statusLabel ?? statusCode) : t(family)}
      data-status={statusCode}
    />
  );
}
