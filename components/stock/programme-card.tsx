import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { memo, type ReactNode } from 'react';
import { FacadePicture } from '@/components/stock/facade-picture';
import { formatCount } from '@/components/stock/format';
import { programmeHref } from '@/components/stock/links';
import { StatusBar } from '@/components/stock/status-bar';
import { formatCents } from '@/lib/core/money';
import { deliveryLabel } from '@/lib/stock/rules';
import type { ProgrammeCard as Card } from '@/lib/stock/schema';

/** One programme among others: what it looks like, where and when, what is left and from what price. */
export const ProgrammeCard = memo(function ProgrammeCard({
  card,
  matching,
}: {
  card: Card;
  /** Lots that answer the filters; null when nothing is asked of them. */
  matching: number | null;
}) {
  const t = useTranslations('stock');
  const locale = useLocale();
  const { complete } = card.progress;
  const delivery = card.delivery ? deliveryLabel(card.delivery, locale) : card.deliveryText;
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-card border border-line bg-card shadow-card transition-shadow hover:shadow-float focus-within:shadow-float">
      <FacadePicture src={card.image?.href ?? null} className="aspect-[5/2] sm:aspect-[2/1]" />
      <div className="flex flex-1 flex-col px-4 pt-3.5 pb-4">
        <p className="truncate text-ink-3 text-sm">
          {[card.city, card.promoterName].filter((part) => part !== null).join(' · ')}
        </p>
        <h2 className="text-lg leading-snug">
          <Link
            href={programmeHref(card.promoter, card.code)}
            className="no-underline after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-brand"
          >
            {card.label}
          </Link>
        </h2>
        <p className="mt-1 flex flex-wrap gap-x-3.5 text-ink-2 text-sm [&_b]:text-ink">
          {delivery !== null && <span>{t.rich('facts.delivery', { value: delivery, b: bold })}</span>}
          {card.zone !== null && <span>{t.rich('facts.zone', { value: card.zone, b: bold })}</span>}
          <span>{card.typologies.join(', ')}</span>
        </p>
        <div className="mt-auto pt-3.5">
          {(complete || card.total > 0) && <StatusBar counts={card.counts} />}
        </div>
        <p className="mt-3 flex items-baseline justify-between gap-3 border-line border-t pt-3">
          <span className="text-ink-2 text-sm">
            {card.priceFromCents === null
              ? t(complete ? 'programmes.noneFree' : 'programmes.untold')
              : t.rich('programmes.from', {
                  price: formatCents(card.priceFromCents, locale),
                  b: (price) => <b className="text-base text-ink">{price}</b>,
                })}
          </span>
          {matching !== null && (
            <span className="font-semibold text-brand text-sm">
              {t('programmes.matching', { count: matching, shown: formatCount(matching, locale) })}
            </span>
          )}
        </p>
      </div>
    </article>
  );
});

const bold = (words: ReactNode) => <b>{words}</b>;
