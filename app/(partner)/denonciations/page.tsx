import { getTranslations } from 'next-intl/server';
import { DenonciationList } from '@/components/denonciations/denonciation-list';
import { PageHeader } from '@/components/layout/page-header';
import { ShutPromoters } from '@/components/options/shut-promoters';
import { LinkButton } from '@/components/ui/button';
import { requirePartner } from '@/lib/auth/session';
import { loadDenonciations } from '@/lib/denonciations/loaders';
import { loadShut } from '@/lib/options/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('denonciations');
  return { title: t('title') };
}

export default async function DenonciationsPage({ searchParams }: Props) {
  const [actor, search, t] = await Promise.all([
    requirePartner(),
    searchParams,
    getTranslations('denonciations'),
  ]);
  const manager = actor.role === 'manager';
  return (
    <>
      <PageHeader
        title={t(manager ? 'ours' : 'mine')}
        mainAct={
          <LinkButton variant="primary" href="/denonciations/nouvelle">
            {t('new')}
          </LinkButton>
        }
      />
      <ShutPromoters of="denonciation" promoters={await loadShut('denonciation')} />
      <DenonciationList fromServer={await loadDenonciations(search)} withAdviser={manager} />
    </>
  );
}
