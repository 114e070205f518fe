import { getTranslations } from 'next-intl/server';
import { NoConvention } from '@/components/accounts/no-convention';
import { PageHeader } from '@/components/layout/page-header';
import { ProgrammeList } from '@/components/stock/programme-list';
import { PromoterNotices } from '@/components/stock/promoter-notices';
import { signedInPerson } from '@/lib/accounts/loaders';
import { partnerConventions, requirePartner } from '@/lib/auth/session';
import { programmeCards } from '@/lib/stock/loaders';

export async function generateMetadata() {
  const t = await getTranslations('stock.programmes');
  return { title: t('title') };
}

export default async function ProgrammesPage() {
  const actor = await requirePartner();
  const t = await getTranslations('stock.programmes');
  if ((await partnerConventions(actor)).length === 0) {
    return (
      <>
        <PageHeader title={t('title')} />
        <NoConvention firm={(await signedInPerson()).firm ?? ''} />
      </>
    );
  }
  const cards = await programmeCards(actor);
  return (
    <>
      <PageHeader title={t('title')} />
      <PromoterNotices cards={cards} />
      <ProgrammeList cards={cards} />
    </>
  );
}
