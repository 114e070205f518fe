import { Webhook } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ReplayButton } from '@/components/admin/replay-button';
import { ListFilters } from '@/components/denonciations/list-filters';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { IconName } from '@/components/ui/icon';
import { Pager } from '@/components/ui/pager';
import type { Tone } from '@/components/ui/tones';
import { formatShort } from '@/lib/core/paris';
import {
  type EventFilter,
  type EventLine,
  type EventPage,
  eventStates,
  isWebhookCode,
} from '@/lib/webhooks/schema';

const looks: Record<EventLine['state'], { tone: Tone; icon: IconName }> = {
  received: { tone: 'preresv', icon: 'clock' },
  processed: { tone: 'libre', icon: 'check' },
  duplicate: { tone: 'bloque', icon: 'dash' },
  quarantined: { tone: 'accent', icon: 'warn' },
};

/** Koban's calls as they came, latest first. */
export function EventList({ found, filter }: { found: EventPage; filter: EventFilter }) {
  const t = useTranslations('admin.webhooks');
  const pager = useTranslations('admin.pager');
  const { lines, total, page, pages, counts } = found;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const untouched = filter.q === '' && filter.state === null && filter.event === null;
  const hrefOf = (to: number) =>
    `/admin/webhooks?${new URLSearchParams({
      ...(filter.q ? { q: filter.q } : {}),
      ...(filter.state ? { state: filter.state } : {}),
      ...(filter.event ? { event: filter.event } : {}),
      page: String(to),
    })}`;
  if (all === 0 && untouched) {
    return (
      <Card>
        <EmptyState icon={<Webhook />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader title={t('log')} />
      <ListFilters
        label={t('stateFilter')}
        search={t('search')}
        all={{ label: t('all'), count: all }}
        states={eventStates.map((value) => ({
          value,
          label: t(`states.${value}`),
          count: counts[value] ?? 0,
        }))}
        count={t('count', { count: total })}
      />
      {lines.length === 0 ? (
        <EmptyState
          title={t('noMatch')}
          action={<LinkButton href="/admin/webhooks">{t('reset')}</LinkButton>}
        >
          {t('noMatchText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <EventRow key={line.id} line={line} />
          ))}
        </ul>
      )}
      <Pager
        page={page}
        pages={pages}
        hrefOf={hrefOf}
        label={pager('label')}
        place={pager('place', { page, pages })}
        previous={pager('previous')}
        next={pager('next')}
      />
    </Card>
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
