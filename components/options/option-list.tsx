'use client';

import { Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { SearchedList } from '@/components/denonciations/searched-list';
import { OptionRow } from '@/components/options/option-row';
import { OptionActsHeading, RefreshOptions } from '@/components/options/refresh-options';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { phoneRow } from '@/components/ui/row-look';
import { searchOptions } from '@/lib/options/actions';
import { type OptionPage, optionFilters } from '@/lib/options/schema';

/** « Mes options », those that end first on top; two lines a row on a phone. */
export function OptionList({ fromServer, withAdviser }: { fromServer: OptionPage; withAdviser: boolean }) {
  const t = useTranslations('options');
  const groups = useTranslations('acts.optionGroup');
  return (
    <>
      <RefreshOnAct of={['option']} />
      <SearchedList
        path="/options"
        name={t('mine')}
        fromServer={fromServer}
        find={searchOptions}
        states={optionFilters.map((value) => ({ value, label: groups(value) }))}
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
        refresh={<RefreshOptions lines={fromServer.lines} />}
      >
        {({ lines, readAt }) => (
          <table className="dense-table max-sm:block">
            <thead className="max-sm:hidden">
              <tr>
                <th scope="col">{t('list.lot')}</th>
                <th scope="col">{t('list.prospect')}</th>
                {withAdviser && <th scope="col">{t('list.adviser')}</th>}
                <th scope="col">{t('list.state')}</th>
                <th scope="col" className="w-64">
                  {t('list.end')}
                </th>
                <OptionActsHeading />
              </tr>
            </thead>
            <tbody className="max-sm:block">
              {lines.map((line) => (
                <OptionRow
                  key={line.id}
                  line={line}
                  withAdviser={withAdviser}
                  now={readAt}
                  className={phoneRow}
                />
              ))}
            </tbody>
          </table>
        )}
      </SearchedList>
    </>
  );
}

function Nothing() {
  const t = useTranslations('options.list');
  return (
    <Card>
      <EmptyState
        icon={<Clock />}
        title={t('empty')}
        action={
          <>
            <LinkButton variant="primary" href="/programmes">
              {t('programmes')}
            </LinkButton>
            <LinkButton href="/denonciations/nouvelle">{t('denounce')}</LinkButton>
          </>
        }
      >
        {t('emptyText')}
      </EmptyState>
    </Card>
  );
}
