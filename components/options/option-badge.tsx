import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import type { Rank } from '@/lib/options/rules';
import type { OptionState } from '@/lib/options/schema';

const looks: Record<OptionState, { tone: Tone; icon: IconName }> = {
  pending: { tone: 'preresv', icon: 'clock' },
  placed: { tone: 'option', icon: 'clock' },
  refused: { tone: 'accent', icon: 'cross' },
  unsent: { tone: 'bloque', icon: 'broken' },
  uncertain: { tone: 'option', icon: 'question' },
  abandoned: { tone: 'bloque', icon: 'dash' },
  expired: { tone: 'bloque', icon: 'dash' },
  cancelled: { tone: 'bloque', icon: 'cross' },
  used: { tone: 'resv', icon: 'check' },
};

/** Where an option stands: its rank when it is placed, its state otherwise. */
export function OptionBadge({
  option,
  detail,
}: {
  option: { state: OptionState; rank: Rank | null };
  detail?: ReactNode;
}) {
  const t = useTranslations('options.list');
  const states = useTranslations('acts.optionState');
  const { state, rank } = option;
  return (
    <Badge
      {...looks[state]}
      label={state === 'placed' ? t('rankBadge', { rank: rank ?? 0 }) : states(state)}
      detail={detail}
      data-state={state}
      data-rank={rank ?? undefined}
    />
  );
}
