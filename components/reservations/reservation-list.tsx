'use client';

import { FileSignature } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { SearchedList } from '@/components/denonciations/searched-list';
import { reservationHref } from '@/components/reservations/links';
import { ReservationBadge } from '@/components/reservations/reservation-badge';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { phoneRow, rowLink } from '@/components/ui/row-look';
import { formatCents } from '@/lib/core/money';
import { formatShort } from '@/lib/core/paris';
import { searchReservations } from '@/lib/reservations/actions';
import { type ReservationLine, type ReservationPage, reservationFilters } from '@/lib/reservations/schema';

/** « Mes réservations »: searched and narrowed by the server, two lines a row on a phone. */
export function ReservationList({
  fromServer,
  withAdviser,
}: {
  fromServer: ReservationPage;
  withAdviser: boolean;
}) {
  const t = useTranslations('reservations');
  const open = fromServer.lines.some(({ act }) => act.state === 'open');
  const uncertain = fromServer.lines.some(({ act }) => act.state === 'uncertain');
  return (
    <>
      <RefreshOnAct of={['reservation']} />
      <SearchedList
        path="/reservations"
        name={t('mine')}
        fromServer={fromServer}
        find={searchReservations}
        states={reservationFilters.map((value) => ({ value, label: t(`group.${value}`) }))}
        words={{
          search: t('list.search'),
          states: t('list.states'),
          all: t('list.all'),
          count: (total) => t('list.count', { count: total }),
          noMatch: t('list.noMatch'),
          noMatchText: t('list.noMatchText'),
          reset: t('list.reset'),
        }}
        nothing={<Nothing />}
        refresh={(open || uncertain) && <RefreshWhileOpen everyMs={open ? 3_000 : 30_000} />}
      >
        {({ lines }) => (
          <table className="dense-table max-sm:block">
            <thead className="max-sm:hidden">
              <tr>
                <th scope="col">{t('list.lot')}</th>
                <th scope="col">{t('list.buyer')}</th>
                {withAdviser && <th scope="col">{t('list.adviser')}</th>}
                <th scope="col" className="num">
                  {t('list.price')}
                </th>
                <th scope="col">{t('list.made')}</th>
                <th scope="col">{t('list.state')}</th>
              </tr>
            </thead>
            <tbody className="max-sm:block">
              {lines.map((line) => (
                <Row key={line.id} line={line} withAdviser={withAdviser} />
              ))}
            </tbody>
          </table>
        )}
      </SearchedList>
    </>
  );
}

function Row({ line, withAdviser }: { line: ReservationLine; withAdviser: boolean }) {
  const locale = useLocale();
  const { id, lot, programme, prospect, filedBy, priceCents, createdAt } = line;
  return (
    <tr data-reservation={id} data-lot={lot.extcode} className={phoneRow}>
      <td className="max-sm:truncate">
        <Link href={reservationHref(id)} prefetch={false} className={rowLink}>
          {lot.label}
        </Link>
        <span className="block text-ink-3 text-xs max-sm:ml-2 max-sm:inline">{programme.label}</span>
      </td>
      <td className="max-sm:order-2 max-sm:truncate max-sm:text-ink-2 max-sm:text-sm">
        {prospect.lastName} {prospect.firstName}
        {withAdviser && <span className="sm:hidden"> · {filedBy}</span>}
      </td>
      {withAdviser && <td className="max-sm:hidden">{filedBy}</td>}
      <td className="num max-sm:hidden">{formatCents(priceCents, locale)}</td>
      <td className="whitespace-nowrap max-sm:order-3 max-sm:text-right max-sm:text-ink-3 max-sm:text-xs">
        {formatShort(createdAt, locale)}
      </td>
      <td className="max-sm:order-1 max-sm:justify-self-end">
        <ReservationBadge reservation={line} />
      </td>
    </tr>
  );
}

function Nothing() {
  const t = useTranslations('reservations.list');
  return (
    <Card>
      <EmptyState
        icon={<FileSignature />}
        title={t('empty')}
        action={
          <>
            <LinkButton variant="primary" href="/options">
              {t('options')}
            </LinkButton>
            <LinkButton href="/programmes">{t('programmes')}</LinkButton>
          </>
        }
      >
        {t('emptyText')}
      </EmptyState>
    </Card>
  );
}
