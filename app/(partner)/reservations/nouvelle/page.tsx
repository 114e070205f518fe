import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { PreresvForm } from '@/components/reservations/preresv-form';
import { PreresvRules } from '@/components/reservations/preresv-rules';
import { denounceHref, lotHref } from '@/components/stock/links';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { requirePartner } from '@/lib/auth/session';
import { loadOffer } from '@/lib/reservations/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const one = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

export async function generateMetadata() {
  const t = await getTranslations('reservations.new');
  return { title: t('title') };
}

export default async function NewReservationPage({ searchParams }: Props) {
  const [, query, t] = await Promise.all([requirePartner(), searchParams, getTranslations('reservations')]);
  const ref = { promoter: one(query.promoteur), extcode: one(query.lot) };
  const offer = await loadOffer(ref, one(query.option) || null);
  const crumbs = [{ label: t('title'), href: '/reservations' }];
  if (!offer) {
    return (
      <>
        <PageHeader title={t('new.title')} crumbs={crumbs} />
        <Card>
          <EmptyState
            title={t('new.closedTitle')}
            action={<LinkButton href="/programmes">{t('new.toProgrammes')}</LinkButton>}
          >
            {t('new.closedText')}
          </EmptyState>
        </Card>
      </>
    );
  }
  const { lot, programme } = offer;
  return (
    <>
      <PageHeader
        title={t('new.title')}
        crumbs={[...crumbs, { label: lot.label, href: lotHref(lot.promoter, lot.extcode) }]}
        lede={<span>{t('new.forLot', { label: lot.label, programme: programme.label })}</span>}
      />
      {offer.reservees.length === 0 ? (
        <Card>
          <EmptyState
            title={t('new.nobody')}
            action={
              <LinkButton variant="primary" href={denounceHref(lot.promoter, programme.code, lot.extcode)}>
                {t('new.denounce')}
              </LinkButton>
            }
          >
            {t('new.nobodyText', { programme: programme.label })}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="lg:order-last">
            <PreresvRules />
          </div>
          <PreresvForm offer={offer} />
        </div>
      )}
    </>
  );
}
