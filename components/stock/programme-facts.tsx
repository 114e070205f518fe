import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { extraText } from '@/components/stock/extra-text';
import { formatRate } from '@/components/stock/format';
import { KeyValues } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { deliveryLabel } from '@/lib/stock/rules';
import type { ProgrammeDetail } from '@/lib/stock/schema';

const b = (words: ReactNode) => <b>{words}</b>;

/** The line under a programme's name: where, when, under which zone, for what fee. */
export function ProgrammeLede({ programme }: { programme: ProgrammeDetail }) {
  const t = useTranslations('stock.facts');
  const locale = useLocale();
  const { address, zip, city, delivery, deliveryText, zone, honoraires } = programme;
  const place = [zip, city].filter((part) => part !== null).join(' ');
  const when = delivery ? deliveryLabel(delivery, locale) : deliveryText;
  return (
    <>
      {(address !== null || place !== '') && (
        <span>
          {address !== null && `${address}${place === '' ? '' : ', '}`}
          <b>{place}</b>
        </span>
      )}
      {when !== null && <span>{t.rich('delivery', { value: when, b })}</span>}
      {zone !== null && <span>{t.rich('zone', { value: zone, b })}</span>}
      {honoraires !== null && (
        <span>
          {typeof honoraires === 'number'
            ? t.rich('honorairesRate', { value: formatRate(honoraires, locale), b })
            : t.rich('honoraires', { value: honoraires, b })}
        </span>
      )}
    </>
  );
}

/** What the promoter says of the programme, folded: the lots come first. */
export function ProgrammeAbout({ programme }: { programme: ProgrammeDetail }) {
  const t = useTranslations('stock');
  const locale = useLocale();
  const { description, extras } = programme;
  if (description === null && extras.length === 0) return null;
  return (
    <details className="group -mt-3 mb-5">
      <summary className="inline-flex min-h-8 list-none items-center gap-1.5 rounded-md font-medium text-ink-2 text-sm hover:text-ink max-sm:min-h-11 [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="-rotate-90 group-open:rotate-0" />
        {t('programme.about')}
      </summary>
      {description !== null && <p className="mt-1 max-w-prose text-ink-2">{description}</p>}
      {extras.length > 0 && (
        <KeyValues
          className="mt-3 max-w-md"
          items={extras.map((extra) => ({
            name: extra.label,
            value: extraText(extra, (value) => (value ? t('facts.yes') : t('facts.no')), locale),
          }))}
        />
      )}
    </details>
  );
}
