import { FileCheck } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { DenonciationBadge } from '@/components/denonciations/denonciation-badge';
import { denonciationHref } from '@/components/denonciations/links';
import { ListFilters } from '@/components/denonciations/list-filters';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { formatShort } from '@/lib/core/paris';
import { formatPhone } from '@/lib/core/phone';
import {
  type DenonciationFilter,
  type DenonciationLine,
  type DenonciationPage,
  denonciationStates,
} from '@/lib/denonciations/schema';

/** « Mes dénonciations »: searched and narrowed by the server, two lines a row on a phone. */
export function DenonciationList({
  found,
  filter,
  withAdviser,
}: {
  found: DenonciationPage;
  filter: DenonciationFilter;
  /** A manager sees the whole cabinet's, and who filed each. */
  withAdviser: boolean;
}) {
  const t = useTranslations('denonciations');
  const states = useTranslations('acts.denonciationState');
  const { lines, total, page, pages, counts } = found;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0 && filter.q === '' && filter.state === null) return <Nothing />;
  const hrefOf = (to: number) =>
    `/denonciations?${new URLSearchParams({
      ...(filter.q ? { q: filter.q } : {}),
      ...(filter.state ? { state: filter.state } : {}),
      page: String(to),
    })}`;
  return (
    <Card aria-label={t('mine')}>
      <RefreshOnAct of={['denonciation']} />
      {lines.some(({ state }) => state === 'pending') && <RefreshWhileOpen everyMs={3_000} />}
      {lines.some(({ state }) => state === 'uncertain') && <RefreshWhileOpen everyMs={30_000} />}
      <ListFilters
        label={t('list.states')}
        search={t('list.search')}
        all={{ label: t('list.all'), count: all }}
        states={denonciationStates.map((value) => ({
          value,
          label: states(value),
          count: counts[value] ?? 0,
        }))}
        count={t('list.count', { count: total })}
      />
      {lines.length === 0 ? (
        <EmptyState
          title={t('list.noMatch')}
          action={<LinkButton href="/denonciations">{t('list.reset')}</LinkButton>}
        >
          {t('list.noMatchText')}
        </EmptyState>
      ) : (
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
      <Pager
        page={page}
        pages={pages}
        hrefOf={hrefOf}
        label={t('pager.label')}
        place={t('pager.place', { page, pages })}
        previous={t('pager.previous')}
        next={t('pager.next')}
      />
    </Card>
  );
}

/** The classes of a row that becomes two lines on a phone. */
export const phoneRow =
  'relative max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-line max-sm:border-b max-sm:px-4 max-sm:py-3 max-sm:last:border-b-0 max-sm:[&>td]:border-0 max-sm:[&>td]:p-0';

/** The link that makes its whole row one. */
export const rowLink =
  'font-semibold no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-brand';

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
