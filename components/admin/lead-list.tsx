import { Inbox } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { LeadAct } from '@/components/admin/lead-act';
import { ListFilters } from '@/components/denonciations/list-filters';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { formatShort } from '@/lib/core/paris';
import type { LeadFilter, LeadLine, LeadPage } from '@/lib/leads/schema';

const states = ['open', 'handled'] as const;

/** The contacts and requests that Koban passed on, latest first. */
export function LeadList({ found, filter }: { found: LeadPage; filter: LeadFilter }) {
  const t = useTranslations('admin.leads');
  const pager = useTranslations('admin.pager');
  const { lines, total, page, pages, counts } = found;
  const all = counts.open + counts.handled;
  if (all === 0 && filter.state === null && filter.q === '') {
    return (
      <Card>
        <EmptyState icon={<Inbox />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    );
  }
  const hrefOf = (to: number) =>
    `/admin/leads?${new URLSearchParams({
      ...(filter.q ? { q: filter.q } : {}),
      ...(filter.state ? { state: filter.state } : {}),
      page: String(to),
    })}`;
  return (
    <Card>
      <ListFilters
        label={t('states')}
        search={t('search')}
        all={{ label: t('all'), count: all }}
        states={states.map((value) => ({ value, label: t(value), count: counts[value] }))}
        count={t('count', { count: total })}
      />
      {lines.length === 0 ? (
        <EmptyState title={t('noMatch')} action={<LinkButton href="/admin/leads">{t('reset')}</LinkButton>} />
      ) : (
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <LeadRow key={line.id} line={line} />
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

function LeadRow({ line }: { line: LeadLine }) {
  const t = useTranslations('admin.leads');
  const locale = useLocale();
  const { id, contactType, lastName, firstName, email, phone, mobile, tags, comments, handledAt } = line;
  const name = [lastName, firstName].filter(Boolean).join(' ') || t('noName');
  const type = contactType === 'Lead' || contactType === 'Third' ? t(`types.${contactType}`) : contactType;
  return (
    <li data-lead={id} className="flex flex-wrap items-start gap-x-5 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_18rem]">
        <p className="font-semibold">{name}</p>
        <p className="break-all text-ink-2 text-sm">{[email, phone, mobile].filter(Boolean).join(' · ')}</p>
        {comments && <p className="mt-1 whitespace-pre-line">{comments}</p>}
        <p className="mt-1 text-ink-3 text-xs">
          {[type, tags, t('received', { at: formatShort(line.receivedAt, locale) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Badge
        tone={handledAt ? 'libre' : 'option'}
        icon={handledAt ? 'check' : 'clock'}
        label={t(handledAt ? 'handled' : 'open')}
        detail={
          handledAt && t('handledBy', { name: line.handledBy ?? '', at: formatShort(handledAt, locale) })
        }
      />
      <LeadAct id={id} name={name} handled={handledAt !== null} />
    </li>
  );
}
