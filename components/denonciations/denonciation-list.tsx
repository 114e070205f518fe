'use client';

import { FileCheck } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { DenonciationBadge } from '@/components/denonciations/denonciation-badge';
import { denonciationHref } from '@/components/denonciations/links';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { SearchedList } from '@/components/denonciations/searched-list';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { phoneRow, rowLink } from '@/components/ui/row-look';
import { formatShort } from '@/lib/core/paris';
import { formatPhone } from '@/lib/core/phone';
import { searchDenonciations } from '@/lib/denonciations/actions';
import { type DenonciationLine, type DenonciationPage, denonciationStates } from '@/lib/denonciations/schema';

/** « Mes dénonciations »: searched and narrowed by the server, two lines a row on a phone. */
export function DenonciationList({
  fromServer,
  withAdviser,
}: {
  fromServer: DenonciationPage;
  /** A manager sees the whole cabinet's, and who filed each. */
  withAdviser: boolean;
}) {
  const t = useTranslations('denonciations');
  const states = useTranslations('acts.denonciationState');
  return (
    <>
      <RefreshOnAct of={['denonciation']} />
      <SearchedList
        path="/denonciations"
        name={t('mine')}
        fromServer={fromServer}
        find={searchDenonciations}
        states={denonciationStates.map((value) => ({ value, label: states(value) }))}
        words={{
          search: t('list.search'),
          states: t('list.states'),
          all: t('list.all'),
          count: (total) => t('list.count', { count: total }),
          noMatch: t('list.noMatch'),
          noMatchText: t('list.noMatchText'),
          reset: t('list.reset'),
        }}
        nothing={<Nothing />}
      >
        {({ lines }) => (
          <table className="dense-table max-sm:block">
            <thead className="max-sm:hidden">
              <tr>
                <th scope="col">{t('list.prospect')}</th>
                <th scope="col">{t('list.programme')}</th>
                {withAdviser && <th scope="col">{t('list.adviser')}</th>}
                <th scope="col">{t('list.filed')}</th>
                <th scope="col">{t('list.state')}</th>
              </tr>
            </thead>
            <tbody className="max-sm:block">
              {lines.map((line) => (
                <Row key={line.id} line={line} withAdviser={withAdviser} />
              ))}
            </tbody>
          </table>
        )}
      </SearchedList>
    </>
  );
}

function Row({ line, withAdviser }: { line: DenonciationLine; withAdviser: boolean }) {
  const locale = useLocale();
  const { id, state, prospect, programme, filedAt, filedBy } = line;
  return (
    <tr data-act={id} className={phoneRow}>
      <td className="max-sm:truncate">
        <Link href={denonciationHref(id)} prefetch={false} className={rowLink}>
          {prospect.lastName} {prospect.firstName}
        </Link>
        <span className="block text-ink-3 text-xs max-sm:hidden">
          {prospect.email} · <span className="whitespace-nowrap">{formatPhone(prospect.phone)}</span>
        </span>
      </td>
      <td className="max-sm:order-2 max-sm:truncate max-sm:text-ink-2 max-sm:text-sm">
        {programme.label}
        <span className="block text-ink-3 text-xs max-sm:hidden">{programme.promoterName}</span>
        {withAdviser && <span className="sm:hidden"> · {filedBy}</span>}
      </td>
      {withAdviser && <td className="max-sm:hidden">{filedBy}</td>}
      <td className="whitespace-nowrap max-sm:order-3 max-sm:text-right max-sm:text-ink-3 max-sm:text-xs">
        {formatShort(filedAt, locale)}
      </td>
      <td className="max-sm:order-1 max-sm:justify-self-end">
        <DenonciationBadge state={state} />
      </td>
    </tr>
  );
}

function Nothing() {
  const t = useTranslations('denonciations');
  return (
    <Card>
      <EmptyState
        title={t('list.empty')}
        icon={<FileCheck />}
        // The page's own main act is the other way on.
        action={<LinkButton href="/programmes">{t('list.programmes')}</LinkButton>}
      >
        {t('list.emptyText')}
      </EmptyState>
    </Card>
  );
}
