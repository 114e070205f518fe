import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import { NoticeWords } from '@/components/notifications/notice-words';
import { WatchLot } from '@/components/notifications/watch-lot';
import { LotOption } from '@/components/options/lot-option';
import { OptionsCard } from '@/components/options/options-card';
import { LotReserve } from '@/components/reservations/lot-reserve';
import { denounceHref, programmeHref } from '@/components/stock/links';
import { LiveFreshness, StockNotice } from '@/components/stock/live-freshness';
import { LotFacts } from '@/components/stock/lot-facts';
import { LotLede } from '@/components/stock/lot-lede';
import { LotNeighbours } from '@/components/stock/lot-neighbours';
import { LotPapers } from '@/components/stock/lot-papers';
import { LotPrices } from '@/components/stock/lot-prices';
import { LotStatusPanel } from '@/components/stock/lot-status-panel';
import { SimilarLots } from '@/components/stock/similar-lots';
import { LinkButton } from '@/components/ui/button';
import { requirePartner } from '@/lib/auth/session';
import { loadWatches } from '@/lib/notifications/loaders';
import { loadOptionsOfLot } from '@/lib/options/loaders';
import { lotPage } from '@/lib/stock/loaders';

interface Props {
  params: Promise<{ promoter: string; extcode: string }>;
}

// The title and the page are one reading.
const read = cache(lotPage);

async function load(params: Props['params']) {
  const [actor, { promoter, extcode }] = await Promise.all([requirePartner(), params]);
  return read(actor, decodeURIComponent(promoter), decodeURIComponent(extcode));
}

export async function generateMetadata({ params }: Props) {
  const [t, page] = await Promise.all([getTranslations('stock.lot'), load(params)]);
  return page ? { title: `${t('title', { label: page.lot.label })}, ${page.programme.label}` } : {};
}

export default async function LotPage({ params }: Props) {
  const [t, page] = await Promise.all([getTranslations('stock'), load(params)]);
  if (!page) notFound();
  const { lot, annex, programme, description, documents } = page;
  const { promoter, promoterName, freshness } = programme;
  const ref = { promoter, extcode: lot.extcode };
  const [mine, watches] = await Promise.all([loadOptionsOfLot(ref), loadWatches(ref)]);
  return (
    <>
      <PageHeader
        title={t('lot.title', { label: lot.label })}
        crumbs={[
          { label: t('programmes.title'), href: '/programmes' },
          { label: promoterName, href: `/programmes?promoteur=${encodeURIComponent(promoter)}` },
          { label: programme.label, href: programmeHref(promoter, programme.code) },
        ]}
        lede={
          <>
            <LotLede lot={lot} />
            <LiveFreshness promoter={promoter} fromServer={freshness} />
          </>
        }
        actions={
          <>
            <LinkButton href={denounceHref(promoter, programme.code, lot.extcode)} prefetch={false}>
              {t('programme.denounce')}
            </LinkButton>
            <LotReserve
              lot={lot}
              age={freshness}
              option={mine.find(({ state }) => state === 'placed')?.id ?? null}
            />
          </>
        }
        mainAct={<LotOption lot={lot} programme={programme.label} age={freshness} />}
      />
      <StockNotice promoter={promoter} promoterName={promoterName} fromServer={freshness} />
      <LotNeighbours lot={lot} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        {/* On a phone the price comes right after the status, and other lots last. */}
        <div className="grid gap-5 max-lg:contents">
          <LotStatusPanel lot={lot} age={freshness} annex={annex} />
          <OptionsCard of="lot" lines={mine} now={new Date()} />
          <div className="grid gap-5 max-lg:order-2">
            <LotFacts lot={lot} description={description} />
            <LotPapers documents={documents} />
          </div>
        </div>
        <div className="grid gap-5 max-lg:contents">
          <LotPrices lot={lot} />
          <NoticeWords of={['watch']}>
            <WatchLot lot={lot} watches={watches} />
          </NoticeWords>
          <div className="max-lg:order-3">
            <SimilarLots lot={lot} />
          </div>
        </div>
      </div>
    </>
  );
}
