import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LeadList } from '@/components/admin/lead-list';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { PageHeader } from '@/components/layout/page-header';
import { loadLeads } from '@/lib/leads/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('leads') };
}

export default async function LeadsPage({ searchParams }: Props) {
  const [search, t] = await Promise.all([searchParams, getTranslations('admin')]);
  return (
    <>
      <PageHeader title={t('title.leads')} lede={t('leads.lede')} />
      <RefreshWhileOpen everyMs={30_000} />
      <LeadList fromServer={await loadLeads(search)} />
    </>
  );
}
