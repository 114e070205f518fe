'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useLotWords } from '@/components/stock/lot-words';
import { StatusBadge } from '@/components/stock/status-badge';
import { useLot } from '@/components/stock/use-lot';
import { Card } from '@/components/ui/card';
import { formatCents } from '@/lib/core/money';
import type { StockLot } from '@/lib/stock/schema';

/** The lot, each of its annexes with its own status, and all together. */
export function LotPrices({ lot: fromServer }: { lot: StockLot }) {
  const t = useTranslations('stock.prices');
  const locale = useLocale();
  const words = useLotWords();
  const lot = useLot(fromServer);
  const prices = [lot.priceCents, ...lot.annexes.map((annex) => annex.priceCents)];
  const known = prices.filter((cents) => cents !== null);
  const total = lot.priceCents === null ? null : known.reduce((sum, cents) => sum + cents, 0);
  const perMetre =
    lot.priceCents === null || !lot.surface ? null : Math.round(lot.priceCents / lot.surface / 100) * 100;
  return (
    <Card pad aria-label={t('title')}>
      <h2 className="text-lg">{t('title')}</h2>
      <table className="mt-2 w-full text-[0.875rem] [&_td]:py-2 [&_th]:py-2">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('price')}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          <tr>
            <th scope="row" className="text-left font-medium">
              {t('lot', { label: lot.label })}
            </th>
            <td className="whitespace-nowrap text-right font-semibold">{words.price(lot.priceCents)}</td>
          </tr>
          {lot.annexes.map((annex) => (
            <tr key={annex.extcode} data-lot={annex.extcode}>
              <th scope="row" className="text-left font-medium">
                <span className="mr-2">{`${annex.kind} ${annex.label}`}</span>
                <StatusBadge status={annex} />
              </th>
              <td className="whitespace-nowrap text-right align-top font-semibold">
                {words.price(annex.priceCents)}
              </td>
            </tr>
          ))}
        </tbody>
        {lot.annexes.length > 0 && (
          <tfoot className="border-line-2 border-t-2">
            <tr>
              <th scope="row" className="text-left font-semibold">
                {t('total')}
              </th>
              <td className="whitespace-nowrap text-right font-semibold text-lg">{words.price(total)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {perMetre !== null && (
        <p className="mt-1 text-right text-ink-2 text-sm">
          {t('perMetre', { price: formatCents(perMetre, locale) })}
        </p>
      )}
      {known.length < prices.length && <p className="mt-2 text-ink-3 text-sm">{t('someUnknown')}</p>}
    </Card>
  );
}
