'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { changeSteps } from '@/components/options/change-steps';
import type { ChangeOutcome, ChangeStage } from '@/components/options/use-change';
import { Note } from '@/components/ui/note';
import { type StepState, Steps } from '@/components/ui/steps';
import { formatMinute, formatShort } from '@/lib/core/paris';
import type { ChangeKind } from '@/lib/options/schema';

/** A change as it happens, and what became of it; read aloud. Green only when Koban said yes. */
export function ChangeProgress({ kind, stage }: { kind: ChangeKind; stage: ChangeStage }) {
  const t = useTranslations('options.change');
  const steps = changeSteps(stage);
  const stateLabels: Record<StepState, string> = {
    waiting: t('stepState.waiting'),
    running: t('stepState.running'),
    done: t('stepState.done'),
    refused: t('stepState.refused'),
    unknown: t('stepState.unknown'),
    unreachable: t('stepState.unreachable'),
    skipped: t('stepState.skipped'),
  };
  return (
    <div className="grid gap-2">
      {steps && (
        <Steps
          stateLabels={stateLabels}
          steps={[
            { key: 'verify', state: steps.verify, title: t('verify'), detail: t('verifyDetail') },
            { key: 'send', state: steps.send, title: t(`${kind}.step`) },
          ]}
        />
      )}
      {stage.kind === 'ended' && <Outcome kind={kind} outcome={stage.outcome} />}
      {stage.kind === 'sending' && <p className="text-ink-3 text-sm">{t('patience')}</p>}
      {stage.kind === 'signed-out' && (
        <Note tone="danger" live title={t('signedOutTitle')}>
          {t(stage.sent ? 'signedOutSent' : 'signedOutText')}
        </Note>
      )}
      {stage.kind === 'fault' && (
        <Note tone="danger" live title={t('faultTitle')}>
          {t('faultText')}
        </Note>
      )}
    </div>
  );
}

function Outcome({ kind, outcome }: { kind: ChangeKind; outcome: ChangeOutcome }) {
  const t = useTranslations('options.change');
  const sentence = useActSentence();
  const locale = useLocale();
  switch (outcome.kind) {
    case 'done': {
      if (!outcome.proven)
        return (
          <Note tone="warn" live title={t(`${kind}.readTitle`)}>
            {t(`${kind}.readText`)}
          </Note>
        );
      const at = outcome.until ? formatShort(outcome.until, locale) : '';
      return (
        <Note tone="done" live title={t(`${kind}.doneTitle`)}>
          {t.rich(`${kind}.doneText`, { at, b: (words) => <b>{words}</b> })}
        </Note>
      );
    }
    case 'refused':
      return (
        <Note
          tone={outcome.retryAt ? 'warn' : 'danger'}
          live
          title={t(outcome.sent ? `${kind}.refusedTitle` : 'notSentTitle')}
        >
          <p>
            {sentence(outcome.code)}
            {outcome.retryAt && ` ${t('retry', { at: formatMinute(outcome.retryAt, locale) })}`}
          </p>
          {outcome.kobanMessage !== null && (
            <p className="mt-1">{t('quote', { message: outcome.kobanMessage })}</p>
          )}
        </Note>
      );
    case 'unsent':
      return (
        <Note tone="warn" live title={t('notSentTitle')}>
          {sentence(outcome.code)}
        </Note>
      );
    case 'uncertain':
      return (
        <Note tone="warn" live title={t('uncertainTitle')}>
          <p>{t(`${kind}.uncertainText`)}</p>
          {outcome.nextCheckAt && (
            <p className="mt-1 text-ink-2">
              {t('nextCheck', { at: formatMinute(outcome.nextCheckAt, locale) })}
            </p>
          )}
        </Note>
      );
  }
}
