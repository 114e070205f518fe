import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import type { ReservationLine, ReservationState } from '@/lib/reservations/schema';

const looks: Record<ReservationState, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'bloque', icon: 'dot' },
  pending: { tone: 'preresv', icon: 'clock' },
  preresv: { tone: 'preresv', icon: 'check' },
  validated: { tone: 'resv', icon: 'check' },
  withdrawn: { tone: 'bloque', icon: 'cross' },
  refused: { tone: 'accent', icon: 'cross' },
  unsent: { tone: 'option', icon: 'broken' },
  uncertain: { tone: 'option', icon: 'question' },
  abandoned: { tone: 'bloque', icon: 'dash' },
};

type Detail = 'dossierSent' | 'dossierOpen' | 'dossierUncertain' | 'withdrawalOpen' | 'withdrawalUncertain';

/** Where a reservation stands, and beneath it the act that is under way or in doubt. */
export function ReservationBadge({
  reservation,
}: {
  reservation: Pick<ReservationLine, 'state' | 'act' | 'fileSent'>;
}) {
  const t = useTranslations('reservations');
  const detail = detailOf(reservation);
  const { state } = reservation;
  return (
    <Badge
      {...looks[state]}
      label={t(`state.${state}`)}
      detail={detail === null ? undefined : t(`actBadge.${detail}`)}
      data-state={state}
    />
  );
}

function detailOf({
  state,
  act,
  fileSent,
}: Pick<ReservationLine, 'state' | 'act' | 'fileSent'>): Detail | null {
  if (act.kind === 'desistement' && act.state === 'open') return 'withdrawalOpen';
  if (act.kind === 'desistement' && act.state === 'uncertain') return 'withdrawalUncertain';
  if (act.kind === 'dossier' && act.state === 'open') return 'dossierOpen';
  if (act.kind === 'dossier' && act.state === 'uncertain') return 'dossierUncertain';
  return state === 'preresv' && fileSent ? 'dossierSent' : null;
}
