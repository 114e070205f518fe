import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import type { CabinetLine, PersonState } from '@/lib/partners/schema';

const looks: Record<CabinetLine['standing'], { tone: Tone; icon: IconName }> = {
  valid: { tone: 'libre', icon: 'check' },
  ending: { tone: 'option', icon: 'clock' },
  ended: { tone: 'bloque', icon: 'dash' },
  coming: { tone: 'preresv', icon: 'clock' },
  suspended: { tone: 'accent', icon: 'lock' },
};

/** Where a convention stands today. */
export function StandingBadge({ standing }: { standing: CabinetLine['standing'] }) {
  const t = useTranslations('admin.partners.standing');
  return <Badge {...looks[standing]} label={t(standing)} data-standing={standing} />;
}

const personLooks: Record<PersonState, { tone: Tone; icon: IconName }> = {
  invited: { tone: 'option', icon: 'clock' },
  open: { tone: 'libre', icon: 'check' },
  closed: { tone: 'accent', icon: 'lock' },
  gone: { tone: 'bloque', icon: 'lock' },
};

/** Where a person stands at this promoter. */
export function PersonBadge({ state, detail }: { state: PersonState; detail?: string }) {
  const t = useTranslations('admin.cabinet.states');
  return <Badge {...personLooks[state]} label={t(state)} detail={detail} data-state={state} />;
}
