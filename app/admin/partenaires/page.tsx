import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CabinetList } from '@/components/admin/cabinet-list';
import { PageHeader } from '@/components/layout/page-header';
import { LinkButton } from '@/components/ui/button';
import { loadCabinets } from '@/lib/partners/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('partners') };
}

export default async function PartnersPage() {
  const [cabinets, t] = await Promise.all([loadCabinets(), getTranslations('admin')]);
  return (
    <>
      <PageHeader
        title={t('title.partners')}
        lede={t('partners.lede')}
        mainAct={
          <LinkButton variant="primary" href="/admin/partenaires/nouveau">
            {t('partners.new')}
          </LinkButton>
        }
      />
      <CabinetList cabinets={cabinets} />
    </>
  );
}
