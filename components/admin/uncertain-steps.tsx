import { useLocale, useTranslations } from 'next-intl';
import { useFactWords } from '@/components/admin/fact-words';
import { SentValues } from '@/components/admin/sent-values';
import { factsLine } from '@/lib/admin/rules';
import type { UncertainStep } from '@/lib/admin/schema';
import { formatShort, formatTime } from '@/lib/core/paris';
import type { fr } from '@/lib/i18n/fr';

/** How much of a fingerprint tells two apart on a screen. */
const HASH_SHOWN = 12;

/** The evidence of an act: each call that was sent, and each reading made since. */
export function UncertainSteps({ steps }: { steps: readonly UncertainStep[] }) {
  const t = useTranslations('admin.uncertain');
  const readings = steps.filter(({ name }) => name === 'reading');
  return (
    <div className="grid content-start gap-4">
      <section>
        <h3 className="mb-1 text-sm">{t('sent')}</h3>
        <StepLines steps={steps.filter(({ name }) => name !== 'reading')} />
      </section>
      <section>
        <h3 className="mb-1 text-sm">{t('read')}</h3>
        {readings.length === 0 ? (
          <p className="text-ink-2 text-sm">{t('noReading')}</p>
        ) : (
          <StepLines steps={readings} />
        )}
      </section>
    </div>
  );
}

type StepKey = `step.${keyof typeof fr.acts.step}`;
type StateKey = `stepState.${keyof typeof fr.acts.stepState}`;

function StepLines({ steps }: { steps: readonly UncertainStep[] }) {
  const t = useTranslations('admin.uncertain');
  const acts = useTranslations('acts');
  const words = useFactWords();
  const locale = useLocale();
  const word = (key: StepKey | StateKey, otherwise: string) => (acts.has(key) ? acts(key) : otherwise);
  return (
    <ul className="divide-y divide-line border-line border-y text-sm">
      {steps.map(({ id, name, state, startedAt, endedAt, sentHash, attempt, facts, sent }) => (
        <li key={id} className="py-2">
          <div className="flex flex-wrap justify-between gap-x-4">
            <span className="font-semibold">{word(`step.${name}` as StepKey, name)}</span>
            <span>{word(`stepState.${state}` as StateKey, state)}</span>
            <time dateTime={startedAt.toISOString()} className="text-ink-2">
              {formatShort(startedAt, locale)}
              {endedAt && ` → ${formatTime(endedAt, locale)}`}
            </time>
          </div>
          <p className="break-words text-ink-3 text-xs">
            {[
              t('attempt', { attempt }),
              sentHash && t('hash', { hash: sentHash.slice(0, HASH_SHOWN) }),
              factsLine(facts, words),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {sentHash && <SentValues sent={sent} open={state === 'unknown' || state === 'intent'} />}
        </li>
      ))}
    </ul>
  );
}
