'use client';

import { Inbox } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { LeadAct } from '@/components/admin/lead-act';
import { SearchedList } from '@/components/denonciations/searched-list';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { formatShort } from '@/lib/core/paris';
import { searchLeads } from '@/lib/leads/actions';
import { consentOf } from '@/lib/leads/rules';
import type { LeadLine, LeadPage } from '@/lib/leads/schema';

const states = ['open', 'handled'] as const;

/** The contacts and requests that Koban passed on, latest first. */
export function LeadList({ fromServer }: { fromServer: LeadPage }) {
  const t = useTranslations('admin.leads');
  return (
    <SearchedList
      path="/admin/leads"
      name={t('list')}
      fromServer={fromServer}
      find={searchLeads}
      states={states.map((value) => ({ value, label: t(value) }))}
      words={{
        search: t('search'),
        states: t('states'),
        all: t('all'),
        count: (total) => t('count', { count: total }),
        noMatch: t('noMatch'),
        reset: t('reset'),
      }}
      nothing={
        <Card>
          <EmptyState icon={<Inbox />} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        </Card>
      }
    >
      {({ lines }) => (
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <LeadRow key={line.id} line={line} />
          ))}
        </ul>
      )}
    </SearchedList>
  );
}

/** One lead, with what whoever rings them must know. */
export function LeadRow({ line }: { line: LeadLine }) {
  const t = useTranslations('admin.leads');
  const locale = useLocale();
  const { id, contactType, lastName, firstName, email, phone, mobile, tags, comments, handledAt } = line;
  const { optin, fields } = line;
  const name = [lastName, firstName].filter(Boolean).join(' ') || t('noName');
  const type = contactType === 'Lead' || contactType === 'Third' ? t(`types.${contactType}`) : contactType;
  return (
    <li data-lead={id} className="flex flex-wrap items-start gap-x-5 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_18rem]">
        <p className="font-semibold">{name}</p>
        <p className="break-all text-ink-2 text-sm">{[email, phone, mobile].filter(Boolean).join(' · ')}</p>
        <p className="text-sm">{t(`consent.${consentOf(optin)}`, { told: optin ?? '' })}</p>
        {comments && <p className="mt-1 whitespace-pre-line">{comments}</p>}
        {fields && (
          <p className="mt-1 whitespace-pre-line break-words text-ink-2 text-sm">{t('fields', { fields })}</p>
        )}
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
