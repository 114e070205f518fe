import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ConventionCard } from '@/components/admin/convention-card';
import { PeopleCard } from '@/components/admin/people-card';
import { PageHeader } from '@/components/layout/page-header';
import { loadCabinet } from '@/lib/partners/loaders';

interface Props {
  params: Promise<{ cabinet: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const cabinet = await loadCabinet((await params).cabinet);
  return { title: cabinet?.name ?? (await getTranslations('errors'))('notFoundTitle') };
}

export default async function CabinetPage({ params }: Props) {
  const [cabinet, t] = await Promise.all([loadCabinet((await params).cabinet), getTranslations('admin')]);
  if (!cabinet) notFound();
  const { siren, orias } = cabinet;
  return (
    <>
      <PageHeader
        title={cabinet.name}
        crumbs={[{ label: t('title.partners'), href: '/admin/partenaires' }]}
        lede={
          <>
            <span>{siren ? t('partners.siren', { siren }) : t('partners.noSiren')}</span>
            {orias && <span>{t('partners.orias', { orias })}</span>}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <PeopleCard cabinet={cabinet} />
        <ConventionCard cabinet={cabinet} />
      </div>
    </>
  );
}
