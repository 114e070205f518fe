import { useLocale, useTranslations } from 'next-intl';
import { dayText } from '@/components/ui/day-text';
import type { RightEnded } from '@/lib/denonciations/schema';

/** Why a partner may no longer act at a promoter, as the beginning of a sentence. */
export function useShutWords() {
  const t = useTranslations('options.shut.why');
  const locale = useLocale();
  return ({ why, day }: { why: RightEnded; day: string | null }, promoter: string): string =>
    t(why, { promoter, day: day === null ? '' : dayText(day, locale) });
}
