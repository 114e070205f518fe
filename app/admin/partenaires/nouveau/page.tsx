import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CabinetForm } from '@/components/admin/cabinet-form';
import { PageHeader } from '@/components/layout/page-header';
import { loadProgrammeChoices } from '@/lib/partners/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('newCabinet') };
}

export default async function NewCabinetPage() {
  const [choices, t] = await Promise.all([loadProgrammeChoices(), getTranslations('admin.title')]);
  return (
    <>
      <PageHeader title={t('newCabinet')} crumbs={[{ label: t('partners'), href: '/admin/partenaires' }]} />
      <CabinetForm choices={choices} />
    </>
  );
}
