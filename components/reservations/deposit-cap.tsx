'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { type Day, readDay } from '@/lib/core/days';
import { formatCents, parseEuros, typedEuros } from '@/lib/core/money';
import { depositCap } from '@/lib/pricing/rules';

/** What the law allows as a deposit, from the price and the day of the deed as they stand, and where it says so. */
export function DepositCap({
  price,
  deposit,
  deedDay,
  signed,
  onUse,
}: {
  price: string;
  deposit: string;
  deedDay: string;
  /** The day of the reservation. */
  signed: Day;
  onUse: (typed: string) => void;
}) {
  const t = useTranslations('reservations.cap');
  const locale = useLocale();
  const cents = parseEuros(price);
  const known = cents !== null && cents > 0 && readDay(deedDay) !== null && deedDay >= signed;
  if (!known) return <p className="text-ink-2 text-sm">{t('ask')}</p>;
  const { capCents, percent, withinMonths, source } = depositCap(cents, { signed, deed: deedDay });
  const over = (parseEuros(deposit) ?? 0) > capCents;
  const b = (words: ReactNode) => <b>{words}</b>;
  const cap = formatCents(capCents, locale);
  return (
    <Note
      tone={over ? 'warn' : 'info'}
      live
      title={t('title')}
      action={
        over ? (
          <Button size="sm" onClick={() => onUse(typedEuros(capCents))}>
            {t('use', { cap })}
          </Button>
        ) : undefined
      }
    >
      {over && <p className="font-semibold">{t('over')}</p>}
      <p>
        {withinMonths === null
          ? t.rich('none', { b })
          : t.rich('within', { percent, cap, months: withinMonths, b })}
      </p>
      <p className="mt-1 text-ink-2 text-sm">{t('source', { source })}</p>
    </Note>
  );
}
