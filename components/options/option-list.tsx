import { Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { phoneRow } from '@/components/denonciations/denonciation-list';
import { ListFilters } from '@/components/denonciations/list-filters';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { OptionRow } from '@/components/options/option-row';
import { OptionActsHeading, RefreshOptions } from '@/components/options/refresh-options';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { type OptionFilter, type OptionPage, optionFilters } from '@/lib/options/schema';

/** « Mes options », those that end first on top; two lines a row on a phone. */
export function OptionList({
  found,
  filter,
  withAdviser,
  now,
}: {
  found: OptionPage;
  filter: OptionFilter;
  withAdviser: boolean;
  now: Date;
}) {
  const t = useTranslations('options');
  const groups = useTranslations('acts.optionGroup');
  const pager = useTranslations('denonciations.pager');
  const { lines, total, page, pages, counts } = found;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0 && filter.q === '' && filter.state === null) return <Nothing />;
  const hrefOf = (to: number) =>
    `/options?${new URLSearchParams({
      ...(filter.q ? { q: filter.q } : {}),
      ...(filter.state ? { state: filter.state } : {}),
      page: String(to),
    })}`;
  return (
    <Card aria-label={t('mine')}>
      <RefreshOnAct of={['option']} />
      <RefreshOptions lines={lines} />
      <ListFilters
        label={t('list.states')}
        search={t('list.search')}
        all={{ label: t('list.all'), count: all }}
        states={optionFilters.map((value) => ({ value, label: groups(value), count: counts[value] ?? 0 }))}
        count={t('list.count', { count: total })}
      />
      {lines.length === 0 ? (
        <EmptyState
          title={t('list.noMatch')}
          action={<LinkButton href="/options">{t('list.reset')}</LinkButton>}
        >
          {t('list.noMatchText')}
        </EmptyState>
      ) : (
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
              <OptionRow key={line.id} line={line} withAdviser={withAdviser} now={now} className={phoneRow} />
            ))}
          </tbody>
        </table>
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
