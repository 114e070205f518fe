import { useTranslations } from 'next-intl';
import { FileForm } from '@/components/reservations/file-form';
import { FileRecap } from '@/components/reservations/file-recap';
import { KobanFile } from '@/components/reservations/koban-file';
import { reservationHref } from '@/components/reservations/links';
import { Card, CardHeader } from '@/components/ui/card';
import { nextActs } from '@/lib/reservations/rules';
import type { ReservationDetail } from '@/lib/reservations/schema';

/** The complete file: to be filled, as it was sent, or as Koban validated it. */
export function ReservationFile({ reservation }: { reservation: ReservationDetail }) {
  const t = useTranslations('reservations.form');
  const { id, kobanFile, file, lists, fileSent } = reservation;
  if (kobanFile !== null) return <KobanFile file={kobanFile} lists={lists} />;
  if (fileSent) {
    return (
      <Card>
        <CardHeader title={t('title')} />
        <div className="px-4 py-3.5">
          <FileRecap file={file} lists={lists} />
        </div>
      </Card>
    );
  }
  if (!nextActs(reservation).includes('fill')) return null;
  return (
    <FileForm
      id={id}
      signed={reservation.signed}
      lists={lists}
      start={file}
      lastStep={reservation.fileStep}
      savedAt={reservation.fileSavedAt}
      here={reservationHref(id)}
    />
  );
}
