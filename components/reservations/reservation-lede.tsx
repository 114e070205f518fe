import { useLocale, useTranslations } from 'next-intl';
import { formatShort } from '@/lib/core/paris';
import { readableReference } from '@/lib/denonciations/rules';
import type { ReservationLine } from '@/lib/reservations/schema';

/** The line under a reservation's title: who asked for it and when, and the reference that people quote. */
export function ReservationLede({ reservation }: { reservation: ReservationLine }) {
  const t = useTranslations('reservations.page');
  const locale = useLocale();
  const { filedBy: name, createdAt, reference } = reservation;
  return (
    <>
      <span>{t('madeBy', { name, at: formatShort(createdAt, locale) })}</span>
      <span>{t('reference', { reference: readableReference(reference) })}</span>
    </>
  );
}
