import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import { ReservationActs } from '@/components/reservations/reservation-acts';
import { ReservationBadge } from '@/components/reservations/reservation-badge';
import { ReservationFacts } from '@/components/reservations/reservation-facts';
import { ReservationFile } from '@/components/reservations/reservation-file';
import { ReservationLede } from '@/components/reservations/reservation-lede';
import { ReservationOutcome } from '@/components/reservations/reservation-outcome';
import { ReservationTimeline } from '@/components/reservations/reservation-timeline';
import { requirePartner } from '@/lib/auth/session';
import { loadReservation } from '@/lib/reservations/loaders';

interface Props {
  params: Promise<{ id: string }>;
}

// The title and the page are one reading.
const read = cache(loadReservation);

export async function generateMetadata({ params }: Props) {
  await requirePartner();
  const [t, found] = await Promise.all([getTranslations('reservations.page'), read((await params).id)]);
  return found ? { title: t('title', { label: found.lot.label }) } : {};
}

export default async function ReservationPage({ params }: Props) {
  await requirePartner();
  const [found, t] = await Promise.all([read((await params).id), getTranslations('reservations')]);
  if (!found) notFound();
  return (
    <>
      <PageHeader
        title={t('page.title', { label: found.lot.label })}
        crumbs={[{ label: t('title'), href: '/reservations' }]}
        lede={
          <>
            <ReservationBadge reservation={found} />
            <ReservationLede reservation={found} />
          </>
        }
        actions={<ReservationActs reservation={found} />}
      />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-5">
          <ReservationOutcome reservation={found} />
          <ReservationFile reservation={found} />
          <ReservationTimeline items={found.timeline} />
        </div>
        <ReservationFacts reservation={found} />
      </div>
    </>
  );
}
