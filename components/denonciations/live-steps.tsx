'use client';

import { useLocale, useTranslations } from 'next-intl';
import { actSteps } from '@/components/denonciations/act-steps';
import { type StepState, Steps } from '@/components/ui/steps';
import { formatTime } from '@/lib/core/paris';
import type { LiveDenonciation } from '@/lib/denonciations/schema';

/** Check, creation, pose: each with what came of it and when. Read aloud as they change. */
export function LiveSteps({ live }: { live: LiveDenonciation }) {
  const t = useTranslations('denonciations');
  const acts = useTranslations('acts.step');
  const locale = useLocale();
  const stateLabels: Record<StepState, string> = {
    waiting: t('stepState.waiting'),
    running: t('stepState.running'),
    done: t('stepState.done'),
    refused: t('stepState.refused'),
    unknown: t('stepState.unknown'),
    unreachable: t('stepState.unreachable'),
    skipped: t('stepState.skipped'),
  };
  const steps = actSteps(live).map(({ phase, state, word, at, readings }) => ({
    key: phase,
    state,
    title: acts(phase),
    detail: (
      <>
        {word !== null && t(`step.${word}`, { at: at ? formatTime(at, locale) : '' })}
        {readings !== null &&
          ` ${t('step.readings', { count: readings.count, at: formatTime(readings.last, locale) })}.`}
      </>
    ),
    time: at ? formatTime(at, locale) : undefined,
  }));
  return <Steps steps={steps} stateLabels={stateLabels} />;
}
