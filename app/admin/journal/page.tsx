import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { JournalFilters } from '@/components/admin/journal-filters';
import { JournalList } from '@/components/admin/journal-list';
import { PageHeader } from '@/components/layout/page-header';
import { Card } from '@/components/ui/card';
import { loadJournal } from '@/lib/admin/loaders';
import { journalFilterSchema } from '@/lib/admin/schema';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('journal') };
}

export default async function JournalPage({ searchParams }: Props) {
  const [search, t] = await Promise.all([searchParams, getTranslations('admin')]);
  const [found, filter] = [await loadJournal(search), journalFilterSchema.parse(search)];
  return (
    <>
      <PageHeader title={t('title.journal')} lede={t('journal.lede')} />
      <Card>
        <JournalFilters filter={filter} actions={found.actions} total={found.total} />
        <JournalList found={found} filter={filter} />
      </Card>
    </>
  );
}
