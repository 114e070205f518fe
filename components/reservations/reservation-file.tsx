import { useTranslations } from 'next-intl';
import { FileRecap } from '@/components/reservations/file-recap';
import { KeptForm } from '@/components/reservations/kept-form';
import { KobanFile } from '@/components/reservations/koban-file';
import { reservationHref } from '@/components/reservations/links';
import { Card, CardHeader } from '@/components/ui/card';
import { nextActs } from '@/lib/reservations/rules';
import type { ReservationDetail } from '@/lib/reservations/schema';

/** The complete file: to be filled, as it was sent, or as Koban validated it. */
export function ReservationFile({ reservation }: { reservation: ReservationDetail }) {
  const { id, signed, kobanFile, file, lists, fileSent, fileStep, fileSavedAt } = reservation;
  const fill = kobanFile === null && !fileSent && nextActs(reservation).includes('fill');
  const toFill = fill
    ? { id, signed, lists, start: file, lastStep: fileStep, savedAt: fileSavedAt, here: reservationHref(id) }
    : null;
  return (
    <KeptForm key={id} toFill={toFill}>
      <FileAsSent reservation={reservation} />
    </KeptForm>
  );
}

function FileAsSent({
  reservation: { kobanFile, file, lists, fileSent },
}: {
  reservation: ReservationDetail;
}) {
  const t = useTranslations('reservations.form');
  if (kobanFile !== null) return <KobanFile file={kobanFile} lists={lists} />;
  if (!fileSent) return null;
  return (
    <Card>
      <CardHeader title={t('title')} />
      <div className="px-4 py-3.5">
        <FileRecap file={file} lists={lists} />
      </div>
    </Card>
  );
}
