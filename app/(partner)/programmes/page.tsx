import { getTranslations } from 'next-intl/server';
import { NoConvention } from '@/components/accounts/no-convention';
import { PageHeader } from '@/components/layout/page-header';
import { LiveFreshness } from '@/components/stock/live-freshness';
import { ProgrammeList } from '@/components/stock/programme-list';
import { PromoterNotices } from '@/components/stock/promoter-notices';
import { signedInPerson } from '@/lib/accounts/loaders';
import { partnerConventions, requirePartner } from '@/lib/auth/session';
import { programmeCards, promoterStocks } from '@/lib/stock/loaders';

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
  const [stocks, cards] = await Promise.all([promoterStocks(actor), programmeCards(actor)]);
  // An empty list says that the promoters opened nothing: only once each has told its programmes.
  const told = stocks.every(({ progress }) => progress.complete);
  return (
    <>
      <PageHeader
        title={t('title')}
        lede={stocks.map(({ promoter, promoterName, freshness }) => (
          <span key={promoter}>
            <b>{promoterName}</b> <LiveFreshness promoter={promoter} fromServer={freshness} />
          </span>
        ))}
      />
      <PromoterNotices stocks={stocks} />
      {(told || cards.length > 0) && <ProgrammeList cards={cards} />}
    </>
  );
}
