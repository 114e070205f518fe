'use client';

import { useLocale, useTranslations } from 'next-intl';
import { throttle, useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { formatCount } from '@/components/stock/format';
import { ProgrammeCard } from '@/components/stock/programme-card';
import { ProgrammeFilterBar } from '@/components/stock/programme-filter-bar';
import { applyProgrammeFilters, liveCards, programmeChoices } from '@/components/stock/programme-filters';
import { programmeParsers, programmeUrlKeys } from '@/components/stock/programme-params';
import { useLotsByProgramme } from '@/components/stock/use-lots-by-programme';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { ProgrammeCard as CardData } from '@/lib/stock/schema';

/** All the programmes of all the promoters, filtered without asking the server. */
export function ProgrammeList({ cards }: { cards: readonly CardData[] }) {
  const t = useTranslations('stock.programmes');
  const locale = useLocale();
  const [filters, patch] = useQueryStates(programmeParsers, {
    urlKeys: programmeUrlKeys,
    history: 'replace',
    limitUrlUpdates: throttle(300),
  });
  const applied = useDeferredValue(filters);
  const held = useLotsByProgramme(cards);
  const live = useMemo(() => liveCards(cards, held), [cards, held]);
  const choices = useMemo(() => programmeChoices(cards), [cards]);
  const views = useMemo(() => applyProgrammeFilters(live, held, applied), [live, held, applied]);
  if (cards.length === 0) {
    return (
      <Card>
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      </Card>
    );
  }
  return (
    <>
      <ProgrammeFilterBar
        filters={filters}
        patch={(change) => void patch(change)}
        reset={() => void patch(null)}
        choices={choices}
        names={new Map(cards.map((card) => [card.promoter, card.promoterName]))}
      />
      <p role="status" className="mt-4 mb-3 text-ink-2 text-sm">
        {t.rich('count', {
          matching: formatCount(views.length, locale),
          count: views.length,
          total: formatCount(cards.length, locale),
          b: (words) => <b className="text-ink">{words}</b>,
        })}
      </p>
      {views.length === 0 ? (
        <Card>
          <EmptyState
            title={t('noMatch')}
            action={<Button onClick={() => void patch(null)}>{t('showAll', { count: cards.length })}</Button>}
          >
            {t('noMatchText')}
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
          {views.map(({ card, matching }) => (
            <li key={`${card.promoter}/${card.code}`}>
              <ProgrammeCard card={card} matching={matching} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
