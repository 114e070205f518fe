'use client';

import { useTranslations } from 'next-intl';
import { JournalFilters } from '@/components/admin/journal-filters';
import { JournalList } from '@/components/admin/journal-list';
import { useJournalSearch } from '@/components/admin/use-journal-search';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { JournalFilter, JournalPage } from '@/lib/admin/schema';

/** Who did what, when, by the criteria above it. */
export function Journal({ fromServer, asked }: { fromServer: JournalPage; asked: JournalFilter }) {
  const t = useTranslations('acts.list');
  const { filter, found, busy, failed, retry, look } = useJournalSearch(fromServer, asked);
  return (
    <Card aria-busy={busy}>
      <JournalFilters
        filter={filter}
        actions={fromServer.actions}
        total={failed ? null : found.total}
        onLook={look}
      />
      {failed ? (
        <EmptyState title={t('failed')} action={<Button onClick={retry}>{t('retry')}</Button>}>
          {t('failedText')}
        </EmptyState>
      ) : (
        <JournalList found={found} filter={filter} />
      )}
    </Card>
  );
}
