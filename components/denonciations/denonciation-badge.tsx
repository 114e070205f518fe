import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import type { DenonciationState } from '@/lib/denonciations/schema';

const looks: Record<DenonciationState, { tone: Tone; icon: IconName }> = {
  pending: { tone: 'preresv', icon: 'clock' },
  accepted: { tone: 'libre', icon: 'check' },
  refused: { tone: 'accent', icon: 'cross' },
  unsent: { tone: 'option', icon: 'broken' },
  uncertain: { tone: 'option', icon: 'question' },
  abandoned: { tone: 'bloque', icon: 'dash' },
};

/** Where a dénonciation stands: a shape and a word. */
export function DenonciationBadge({ state }: { state: DenonciationState }) {
  const t = useTranslations('acts.denonciationState');
  return <Badge {...looks[state]} label={t(state)} data-state={state} />;
}
