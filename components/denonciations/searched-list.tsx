'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ListFilters } from '@/components/denonciations/list-filters';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { type Find, type Found, listPace, useListSearch } from '@/components/denonciations/use-list-search';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';

/** A list of acts that is searched, narrowed by state and paged; `nothing` while there is no act at all. */
export function SearchedList<State extends string, Page extends Found<State>>({
  path,
  name,
  heading,
  fromServer,
  find,
  states,
  words,
  nothing,
  refresh,
  children,
}: {
  path: string;
  /** The list's name: its accessible one, and its heading where one is given. */
  name: string;
  heading?: ReactNode;
  /** The page that the address asks for, no words looked for. */
  fromServer: Page;
  find: Find<State, Page>;
  states: readonly { value: State; label: string }[];
  words: {
    search: string;
    states: string;
    all: string;
    count: (total: number) => string;
    noMatch: string;
    noMatchText?: string;
    reset: string;
  };
  nothing: ReactNode;
  /** Keeps the server's page true while it is looked at, where acts under way alone do not tell when to look again. */
  refresh?: ReactNode;
  /** The table of what was found. */
  children: (found: Page) => ReactNode;
}) {
  const t = useTranslations('acts.list');
  const list = useListSearch(
    path,
    states.map(({ value }) => value),
    fromServer,
    find,
  );
  const { found, state, failed } = list;
  if (countOf(fromServer) === 0) return nothing;
  const { lines, page, pages, counts } = found;
  const pace = list.searching ? null : listPace(fromServer.lines);
  const hrefOf = (to: number) =>
    `${path}?${new URLSearchParams({ ...(state ? { state } : {}), page: String(to) })}`;
  return (
    <Card aria-label={name}>
      {heading}
      {refresh ?? (pace !== null && <RefreshWhileOpen everyMs={pace} />)}
      <ListFilters
        search={words.search}
        typed={list.typed}
        onType={list.type}
        label={words.states}
        state={state}
        onChoose={list.choose}
        all={{ label: words.all, count: countOf(found) }}
        states={states.map((each) => ({ ...each, count: counts[each.value] ?? 0 }))}
        count={failed ? t('failed') : words.count(found.total)}
        busy={list.busy}
      />
      {failed ? (
        <EmptyState title={t('failed')} action={<Button onClick={list.retry}>{t('retry')}</Button>}>
          {t('failedText')}
        </EmptyState>
      ) : lines.length === 0 ? (
        <EmptyState title={words.noMatch} action={<Button onClick={list.reset}>{words.reset}</Button>}>
          {words.noMatchText}
        </EmptyState>
      ) : (
        children(found)
      )}
      {!failed && (
        <Pager
          page={page}
          pages={pages}
          hrefOf={hrefOf}
          label={t('pages')}
          place={t('place', { page, pages })}
          previous={t('previous')}
          next={t('next')}
        />
      )}
    </Card>
  );
}

const countOf = ({ counts }: { counts: Partial<Record<string, number>> }): number =>
  Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
