import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { UncertainList } from '@/components/admin/uncertain-list';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { PageHeader } from '@/components/layout/page-header';
import { loadUncertain } from '@/lib/admin/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('uncertain') };
}

export default async function UncertainPage() {
  const [acts, t] = await Promise.all([loadUncertain(), getTranslations('admin')]);
  return (
    <>
      <PageHeader title={t('title.uncertain')} lede={t('uncertain.lede')} />
      <RefreshOnAct of={['denonciation', 'option', 'reservation']} />
      <RefreshWhileOpen everyMs={30_000} />
      <UncertainList acts={acts} />
    </>
  );
}
