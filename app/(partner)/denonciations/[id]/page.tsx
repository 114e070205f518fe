import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { ActLede } from '@/components/denonciations/act-lede';
import { DenonciationFacts } from '@/components/denonciations/denonciation-facts';
import { denonciationHref } from '@/components/denonciations/links';
import { LiveAct } from '@/components/denonciations/live-act';
import { NextActs } from '@/components/denonciations/next-acts';
import { PageHeader } from '@/components/layout/page-header';
import { OptionsCard } from '@/components/options/options-card';
import { LinkButton } from '@/components/ui/button';
import { requirePartner } from '@/lib/auth/session';
import { loadDenonciation } from '@/lib/denonciations/loaders';
import { actIdSchema, type DenonciationDetail } from '@/lib/denonciations/schema';
import { loadOptionsOfDenonciation } from '@/lib/options/loaders';
import { lotPage } from '@/lib/stock/loaders';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

// The title and the page are one reading.
const read = cache(async (id: string) => (actIdSchema.safeParse(id).success ? loadDenonciation(id) : null));

export async function generateMetadata({ params }: Props) {
  await requirePartner();
  const [t, act] = await Promise.all([getTranslations('denonciations.act'), read((await params).id)]);
  return act ? { title: t('title', nameOf(act)) } : {};
}

const nameOf = ({ gender, prospect: { firstName, lastName } }: DenonciationDetail) => ({
  gender: gender ?? 'none',
  name: `${firstName} ${lastName}`,
});

export default async function DenonciationPage({ params, searchParams }: Props) {
  const actor = await requirePartner();
  const [{ id }, query, t] = await Promise.all([params, searchParams, getTranslations('denonciations')]);
  const act = await read(id);
  if (!act) notFound();
  const { programme } = act;
  const asked = typeof query.lot === 'string' ? await lotPage(actor, programme.promoter, query.lot) : null;
  const lot = asked?.lot.programmeCode === programme.code ? asked.lot : null;
  return (
    <>
      <PageHeader
        title={t('act.title', nameOf(act))}
        crumbs={[{ label: t('title'), href: '/denonciations' }]}
        lede={<ActLede act={act} />}
        actions={
          <LinkButton href="/denonciations/nouvelle" className="max-sm:hidden">
            {t('act.another')}
          </LinkButton>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-5">
          <LiveAct
            id={id}
            title={programme.label}
            subtitle={programme.promoterName}
            fromServer={act.live}
            here={denonciationHref(id, lot?.extcode)}
            next={<NextActs programme={programme} lot={lot} />}
          />
          <OptionsCard of="denonciation" lines={await loadOptionsOfDenonciation(id)} now={new Date()} />
        </div>
        <DenonciationFacts act={act} />
      </div>
    </>
  );
}
