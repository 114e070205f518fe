import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { ShutPromoters } from '@/components/options/shut-promoters';
import { ReservationList } from '@/components/reservations/reservation-list';
import { requirePartner } from '@/lib/auth/session';
import { loadShut } from '@/lib/options/loaders';
import { loadReservations } from '@/lib/reservations/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('reservations');
  return { title: t('title') };
}

export default async function ReservationsPage({ searchParams }: Props) {
  const [actor, search, t] = await Promise.all([
    requirePartner(),
    searchParams,
    getTranslations('reservations'),
  ]);
  const manager = actor.role === 'manager';
  return (
    <>
      <PageHeader title={t(manager ? 'ours' : 'mine')} />
      <ShutPromoters of="reservation" promoters={await loadShut('reservation')} />
      <ReservationList fromServer={await loadReservations(search)} withAdviser={manager} />
    </>
  );
}
