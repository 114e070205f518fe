import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { denonciationHref } from '@/components/denonciations/links';
import { lotHref } from '@/components/stock/links';
import { Card, CardHeader } from '@/components/ui/card';
import { formatCents } from '@/lib/core/money';
import { formatShort } from '@/lib/core/paris';
import { formatPhone } from '@/lib/core/phone';
import { readableReference } from '@/lib/denonciations/rules';
import { toldDeposit } from '@/lib/reservations/rules';
import type { ReservationDetail } from '@/lib/reservations/schema';

/** What is reserved, for whom, at what price, since when. */
export function ReservationFacts({ reservation }: { reservation: ReservationDetail }) {
  const t = useTranslations('reservations.facts');
  const acts = useTranslations('acts.proof');
  const locale = useLocale();
  const { lot, programme, prospect, contact, proof, denonciationId } = reservation;
  const deposit = toldDeposit(reservation);
  const name = `${prospect.lastName} ${prospect.firstName}`;
  const at = (instant: Date | null) => instant && formatShort(instant, locale);
  const rows: [string, ReactNode][] = [
    [
      t('lot'),
      <Link key="lot" href={lotHref(programme.promoter, lot.extcode)} prefetch={false}>
        {lot.label}
      </Link>,
    ],
    [t('programme'), programme.label],
    [t('promoter'), programme.promoterName],
    [
      t('buyer'),
      denonciationId === null ? (
        name
      ) : (
        <Link key="buyer" href={denonciationHref(denonciationId)} prefetch={false}>
          {name}
        </Link>
      ),
    ],
    [t('email'), contact.email],
    [t('phone'), formatPhone(contact.phone)],
    [t('price'), formatCents(reservation.priceCents, locale)],
    [t('deposit'), deposit === null ? null : formatCents(deposit, locale)],
    [t('option'), reservation.optionId === null ? null : t('fromOption')],
    [t('createdAt'), at(reservation.createdAt)],
    [t('preresvAt'), at(reservation.preresvAt)],
    [t('validatedAt'), at(reservation.validatedAt)],
    [t('withdrawnAt'), at(reservation.withdrawnAt)],
    [t('reason'), reservation.state === 'withdrawn' ? reservation.withdrawReason : null],
    [t('proof'), proof === null ? null : acts(proof)],
    [t('cabinet'), reservation.cabinetName],
    [t('reference'), readableReference(reservation.reference)],
  ];
  return (
    <Card>
      <CardHeader title={t('title')} />
      <dl className="grid gap-y-2.5 px-4 py-3.5 text-[0.875rem]">
        {rows.map(([label, value]) =>
          value === null ? null : (
            <div key={label} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3">
              <dt className="text-ink-2">{label}</dt>
              <dd className="whitespace-pre-line break-words font-medium">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}
