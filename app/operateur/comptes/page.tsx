import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { PeopleTable } from '@/components/operator/people-table';
import { people } from '@/lib/accounts/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operator.title'))('people') };
}

export default async function PeoplePage() {
  const [rows, t] = await Promise.all([people(), getTranslations('operator')]);
  return (
    <>
      <PageHeader title={t('title.people')} lede={t('people.lede')} />
      <PeopleTable people={rows} />
    </>
  );
}
