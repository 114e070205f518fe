'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { Card, CardHeader } from '@/components/ui/card';
import { formatShort, formatTime } from '@/lib/core/paris';
import type { fr } from '@/lib/i18n/fr';
import type { TimelineItem } from '@/lib/reservations/schema';

type Words = typeof fr.reservations;

/** What happened, in order: who asked for what, what Koban was asked, what it answered. */
export function ReservationTimeline({ items }: { items: readonly TimelineItem[] }) {
  const t = useTranslations('reservations');
  const locale = useLocale();
  return (
    <Card>
      <CardHeader title={t('page.timeline')} />
      <ol className="grid gap-y-2.5 px-4 py-3.5 text-[0.875rem]">
        {items.map((item) => (
          <li
            key={item.key}
            className="grid grid-cols-[9.5rem_minmax(0,1fr)] gap-3 max-sm:grid-cols-1 max-sm:gap-0"
          >
            <time dateTime={item.at.toISOString()} className="text-ink-3" title={formatTime(item.at, locale)}>
              {formatShort(item.at, locale)}
            </time>
            {item.kind === 'event' ? <Event item={item} /> : <StepLine item={item} />}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Event({ item }: { item: Extract<TimelineItem, { kind: 'event' }> }) {
  const t = useTranslations('reservations.timeline');
  const sentence = useActSentence();
  const action = item.action as keyof Words['timeline'];
  return (
    <div>
      <p className="font-semibold">
        {t(t.has(action) ? action : 'other')}
        {/* Who asked; what became of it is Koban's. */}
        {item.action.endsWith('asked') && (
          <span className="font-normal text-ink-2"> {t('by', { name: item.by })}</span>
        )}
      </p>
      {item.code !== null && <p className="text-ink-2">{sentence(item.code)}</p>}
    </div>
  );
}

function StepLine({ item }: { item: Extract<TimelineItem, { kind: 'step' }> }) {
  const t = useTranslations('reservations');
  const steps = useTranslations('acts.step');
  const name = item.name as keyof typeof fr.acts.step;
  const state = item.state as keyof Words['stepState'];
  return (
    <p className="text-ink-2">
      {t('timeline.step', {
        name: steps(steps.has(name) ? name : 'reading'),
        state: t(`stepState.${t.has(`stepState.${state}`) ? state : 'unknown'}`),
      })}
    </p>
  );
}
