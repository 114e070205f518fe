import { getTranslations } from 'next-intl/server';
import { NoConvention } from '@/components/accounts/no-convention';
import { DenonciationForm } from '@/components/denonciations/denonciation-form';
import { FilingRules } from '@/components/denonciations/filing-rules';
import { PageHeader } from '@/components/layout/page-header';
import { denounceHref } from '@/components/stock/links';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { signedInPerson } from '@/lib/accounts/loaders';
import { partnerConventions, requirePartner } from '@/lib/auth/session';
import { loadDraft } from '@/lib/denonciations/loaders';
import { lotPage, programmeCards, promoterStocks } from '@/lib/stock/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export async function generateMetadata() {
  const t = await getTranslations('denonciations.form');
  return { title: t('title') };
}

export default async function NewDenonciationPage({ searchParams }: Props) {
  const actor = await requirePartner();
  if ((await partnerConventions(actor)).length === 0) {
    return <NoConvention firm={(await signedInPerson()).firm ?? ''} />;
  }
  const [query, stocks, cards, draft, t] = await Promise.all([
    searchParams,
    promoterStocks(actor),
    programmeCards(actor),
    loadDraft(),
    getTranslations('denonciations'),
  ]);
  const choices = cards.map(({ promoter, code, label, city, promoterName, typologies }) => ({
    promoter,
    code,
    label,
    city,
    promoterName,
    typologies,
  }));
  const told = stocks.every(({ progress }) => progress.complete);
  const promoter = one(query.promoteur);
  const asked = choices.find((each) => each.promoter === promoter && each.code === one(query.programme));
  const opened = asked ? { promoter: asked.promoter, code: asked.code } : null;
  const lotCode = one(query.lot);
  const lot = opened && lotCode ? ((await lotPage(actor, opened.promoter, lotCode))?.lot ?? null) : null;
  return (
    <>
      <PageHeader
        title={t('form.title')}
        crumbs={[{ label: t('title'), href: '/denonciations' }]}
        lede={lot && asked && <span>{t('form.forLot', { label: lot.label, programme: asked.label })}</span>}
      />
      {choices.length === 0 ? (
        <Card>
          <EmptyState title={t(told ? 'form.noProgramme' : 'form.untold')}>
            {t(told ? 'form.noProgrammeText' : 'form.untoldText')}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="lg:order-last">
            <FilingRules />
          </div>
          <DenonciationForm
            account={actor.account}
            choices={choices}
            opened={opened}
            lot={lot?.extcode ?? null}
            draft={draft}
            here={
              opened ? denounceHref(opened.promoter, opened.code, lot?.extcode) : '/denonciations/nouvelle'
            }
          />
        </div>
      )}
    </>
  );
}
