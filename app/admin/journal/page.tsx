import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Journal } from '@/components/admin/journal';
import { PageHeader } from '@/components/layout/page-header';
import { loadJournal } from '@/lib/admin/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('journal') };
}

export default async function JournalPage({ searchParams }: Props) {
  const [search, t] = await Promise.all([searchParams, getTranslations('admin')]);
  const { found, filter } = await loadJournal(search);
  return (
    <>
      <PageHeader title={t('title.journal')} lede={t('journal.lede')} />
      <Journal fromServer={found} asked={filter} />
    </>
  );
}
