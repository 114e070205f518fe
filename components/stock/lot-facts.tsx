import { useLocale, useTranslations } from 'next-intl';
import { extraText } from '@/components/stock/extra-text';
import { formatArea } from '@/components/stock/format';
import { Card } from '@/components/ui/card';
import { exposureLabel, floorLabel } from '@/lib/stock/rules';
import type { StockExtra, StockLot } from '@/lib/stock/schema';

/** Everything that Koban says of a lot, less its price and status. */
export function LotFacts({ lot, description }: { lot: StockLot; description: string | null }) {
  const t = useTranslations('stock.facts');
  const locale = useLocale();
  const area = (value: number | null) => (value === null ? null : formatArea(value, locale));
  const facts = [
    { name: t('kind'), value: lot.kind },
    { name: t('typology'), value: lot.typology },
    { name: t('rooms'), value: lot.rooms === null ? null : String(lot.rooms) },
    {
      name: t('floor'),
      value: lot.floorLabel ?? (lot.floor === null ? null : floorLabel(lot.floor, locale)),
    },
    { name: t('stair'), value: lot.stair },
    { name: t('surface'), value: area(lot.surface) },
    { name: t('balcony'), value: area(lot.balcony) },
    { name: t('terrace'), value: area(lot.terrace) },
    { name: t('garden'), value: area(lot.garden) },
    { name: t('exposure'), value: lot.exposure === null ? null : exposureLabel(lot.exposure, locale) },
    { name: t('dpe'), value: lot.dpe },
    ...extraFacts(lot.extras, (value) => (value ? t('yes') : t('no')), locale),
    { name: t('code'), value: lot.extcode },
  ].filter(({ value }) => value !== null);
  return (
    <Card pad>
      <h2 className="text-lg">{t('title')}</h2>
      {description !== null && <p className="mt-2 max-w-prose text-ink-2">{description}</p>}
      <dl className="mt-2 grid gap-x-8 sm:grid-cols-2">
        {facts.map(({ name, value }) => (
          <div
            key={name}
            className="flex items-baseline justify-between gap-4 border-line border-b py-1.5 text-[0.875rem]"
          >
            <dt className="text-ink-2">{name}</dt>
            <dd className="text-right font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function extraFacts(
  extras: readonly StockExtra[],
  yesNo: (value: boolean) => string,
  locale: 'fr' | 'en',
): { name: string; value: string }[] {
  return extras.map((extra) => ({ name: extra.label, value: extraText(extra, yesNo, locale) }));
}
