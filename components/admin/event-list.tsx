'use client';

import { Webhook } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ReplayButton } from '@/components/admin/replay-button';
import { SearchedList } from '@/components/denonciations/searched-list';
import { Badge } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import { searchEvents } from '@/lib/admin/actions';
import { formatShort } from '@/lib/core/paris';
import { type EventLine, type EventPage, eventStates, isWebhookCode } from '@/lib/webhooks/schema';

const looks: Record<EventLine['state'], { tone: Tone; icon: IconName }> = {
  received: { tone: 'preresv', icon: 'clock' },
  processed: { tone: 'libre', icon: 'check' },
  duplicate: { tone: 'bloque', icon: 'dash' },
  quarantined: { tone: 'accent', icon: 'warn' },
};

/** Koban's calls as they came, latest first. */
export function EventList({ fromServer }: { fromServer: EventPage }) {
  const t = useTranslations('admin.webhooks');
  return (
    <SearchedList
      path="/admin/webhooks"
      name={t('log')}
      heading={<CardHeader title={t('log')} />}
      fromServer={fromServer}
      find={searchEvents}
      states={eventStates.map((value) => ({ value, label: t(`states.${value}`) }))}
      words={{
        search: t('search'),
        states: t('stateFilter'),
        all: t('all'),
        count: (total) => t('count', { count: total }),
        noMatch: t('noMatch'),
        noMatchText: t('noMatchText'),
        reset: t('reset'),
      }}
      nothing={
        <Card>
          <EmptyState icon={<Webhook />} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        </Card>
      }
    >
      {({ lines }) => (
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <EventRow key={line.id} line={line} />
          ))}
        </ul>
      )}
    </SearchedList>
  );
}

function EventRow({ line }: { line: EventLine }) {
  const t = useTranslations('admin.webhooks');
  const locale = useLocale();
  const { id, event, receivedAt, lotExtcode, fields, state, code, attempts, replayedBy } = line;
  const name = `${t(`events.${event}`)}${lotExtcode ? ` · ${t('lot', { lot: lotExtcode })}` : ''}`;
  const about = [
    code && t('why', { code: isWebhookCode(code) ? t(`codes.${code}`) : code }),
    attempts > 1 && t('attempts', { count: attempts }),
    replayedBy && t('replayedBy', { name: replayedBy }),
  ].filter(Boolean);
  return (
    <li data-event={id} className="flex flex-wrap items-start gap-x-5 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_18rem]">
        <p className="font-semibold">{name}</p>
        <p className="text-ink-2 text-sm">
          <time dateTime={receivedAt.toISOString()}>{formatShort(receivedAt, locale)}</time>
          {about.length > 0 && ` · ${about.join(' · ')}`}
        </p>
        <details className="mt-1 text-sm">
          <summary className="w-fit cursor-pointer text-ink-2">{t('fields')}</summary>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-xs">
            {Object.entries(fields).map(([field, value]) => (
              <div key={field} className="contents">
                <dt className="text-ink-3">{field}</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
      <Badge {...looks[state]} label={t(`states.${state}`)} data-state={state} />
      {state !== 'received' && <ReplayButton id={id} name={name} />}
    </li>
  );
}
