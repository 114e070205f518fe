'use client';

import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/layout/page-header';
import { DocumentsMenu } from '@/components/stock/documents-menu';
import { FacadePicture } from '@/components/stock/facade-picture';
import { denounceHref } from '@/components/stock/links';
import { LiveFreshness, StockNotice } from '@/components/stock/live-freshness';
import { ProgrammeAbout, ProgrammeLede } from '@/components/stock/programme-facts';
import { ProgrammeStock } from '@/components/stock/programme-stock';
import { FirstPull } from '@/components/stock/sync-progress';
import { LinkButton } from '@/components/ui/button';
import type { ProgrammeDetail } from '@/lib/stock/schema';

/** One programme: what it is, its papers, and its lots. Drawn once by the server, as one client component. */
export function ProgrammeView({ programme, firstLots }: { programme: ProgrammeDetail; firstLots: string }) {
  const t = useTranslations('stock');
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
      <ProgrammeStock
        promoter={promoter}
        code={code}
        complete={programme.progress.complete}
        firstLots={firstLots}
      />
    </>
  );
}
