import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import { DocumentsMenu } from '@/components/stock/documents';
import { FacadePicture } from '@/components/stock/facade-picture';
import { filterParsers } from '@/components/stock/filter-params';
import { firstLotsOf } from '@/components/stock/first-lots';
import { denounceHref } from '@/components/stock/links';
import { LiveFreshness, StockNotice } from '@/components/stock/live-freshness';
import { ProgrammeAbout, ProgrammeLede } from '@/components/stock/programme-facts';
import { ProgrammeStock } from '@/components/stock/programme-stock';
import { FirstPull } from '@/components/stock/sync-progress';
import { LinkButton } from '@/components/ui/button';
import { requirePartner } from '@/lib/auth/session';
import { programmePage } from '@/lib/stock/loaders';
import { FILTER_URL_KEYS } from '@/lib/stock/schema';

interface Props {
  params: Promise<{ promoter: string; code: string }>;
  searchParams: Promise<SearchParams>;
}

const readFilters = createLoader(filterParsers, { urlKeys: FILTER_URL_KEYS });

// The title and the page are one reading.
const read = cache(programmePage);

async function load(params: Props['params']) {
  const [actor, { promoter, code }] = await Promise.all([requirePartner(), params]);
  return read(actor, decodeURIComponent(promoter), decodeURIComponent(code));
}

export async function generateMetadata({ params }: Props) {
  const page = await load(params);
  return page ? { title: page.programme.label } : {};
}

export default async function ProgrammePage({ params, searchParams }: Props) {
  const [t, page, filters] = await Promise.all([
    getTranslations('stock'),
    load(params),
    readFilters(searchParams),
  ]);
  if (!page) notFound();
  const { programme, lots } = page;
  const { promoter, promoterName, code, label, city, freshness } = programme;
  return (
    <>
      <div className="flex gap-5">
        <FacadePicture
          src={programme.image?.href ?? null}
          className="mb-5 h-32 w-48 flex-none rounded-card border border-line max-lg:hidden"
        />
        <div className="min-w-0 flex-1">
          <PageHeader
            title={label}
            crumbs={[
              { label: t('programmes.title'), href: '/programmes' },
              { label: promoterName, href: `/programmes?promoteur=${encodeURIComponent(promoter)}` },
              ...(city === null
                ? []
                : [{ label: city, href: `/programmes?ville=${encodeURIComponent(city)}` }]),
            ]}
            lede={
              <>
                <ProgrammeLede programme={programme} />
                <LiveFreshness promoter={promoter} fromServer={freshness} />
              </>
            }
            actions={<DocumentsMenu documents={programme.documents} />}
            mainAct={
              <LinkButton variant="primary" href={denounceHref(promoter, code)} prefetch={false}>
                {t('programme.denounce')}
              </LinkButton>
            }
          />
          <ProgrammeAbout programme={programme} />
        </div>
      </div>
      <StockNotice promoter={promoter} promoterName={promoterName} fromServer={freshness} />
      <FirstPull promoterName={promoterName} progress={programme.progress} />
      <ProgrammeStock promoter={promoter} code={code} first={firstLotsOf(lots, filters)} />
    </>
  );
}
