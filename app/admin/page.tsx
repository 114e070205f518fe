import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OverviewCards } from '@/components/admin/overview-cards';
import { PageHeader } from '@/components/layout/page-header';
import { FirstPull } from '@/components/stock/sync-progress';
import { loadOverview } from '@/lib/admin/loaders';
import { ClientMessages } from '@/lib/i18n/client-messages';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('home') };
}

export default async function AdminPage() {
  const [overview, t] = await Promise.all([loadOverview(), getTranslations('admin.title')]);
  return (
    <>
      <PageHeader title={t('home')} />
      {overview.firstPull && (
        <ClientMessages of={['stock']}>
          <FirstPull {...overview.firstPull} />
        </ClientMessages>
      )}
      <OverviewCards overview={overview} />
    </>
  );
}
