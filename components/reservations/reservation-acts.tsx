import { useTranslations } from 'next-intl';
import { summaryHref } from '@/components/reservations/links';
import { WithdrawButton } from '@/components/reservations/withdraw-button';
import { reserveHref } from '@/components/stock/links';
import { LinkButton } from '@/components/ui/button';
import { nextActs } from '@/lib/reservations/rules';
import type { ReservationDetail } from '@/lib/reservations/schema';

/** What may be done with a reservation from its page, besides its file. */
export function ReservationActs({ reservation }: { reservation: ReservationDetail }) {
  const t = useTranslations('reservations.page');
  const { id, lot, programme } = reservation;
  const may = nextActs(reservation);
  return (
    <>
      <LinkButton href={summaryHref(id)} download prefetch={false}>
        {t('summary')}
      </LinkButton>
      {may.includes('withdraw') && <WithdrawButton id={id} label={lot.label} />}
      {may.includes('reserve-again') && (
        <LinkButton href={reserveHref(programme.promoter, lot.extcode)} prefetch={false}>
          {t('again')}
        </LinkButton>
      )}
    </>
  );
}
