import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { denonciationHref, outcomeHref } from '@/components/denonciations/links';
import { LiveAct } from '@/components/denonciations/live-act';
import { NextActs } from '@/components/denonciations/next-acts';
import { NotFiled } from '@/components/denonciations/not-filed';
import { PageHeader } from '@/components/layout/page-header';
import { LinkButton } from '@/components/ui/button';
import { requirePartner } from '@/lib/auth/session';
import { loadOutcome } from '@/lib/denonciations/loaders';
import { programmeCards } from '@/lib/stock/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('denonciations');
  return { title: t('title') };
}

/** What one form that named several programmes became, act by act. */
export default async function OutcomePage({ searchParams }: Props) {
  const actor = await requirePartner();
  const [{ envoi }, t] = await Promise.all([searchParams, getTranslations('denonciations')]);
  const outcome = await loadOutcome(envoi);
  const [first] = outcome?.acts ?? [];
  if (!outcome || !first) notFound();
  const { acts, refused } = outcome;
  const labels = new Map(
    (await programmeCards(actor)).map(({ promoter, code, label }) => [`${promoter}/${code}`, label]),
  );
  const name = `${first.prospect.firstName} ${first.prospect.lastName}`;
  return (
    <>
      <PageHeader
        title={t('several.title', { count: acts.length, gender: first.gender ?? 'none', name })}
        crumbs={[{ label: t('title'), href: '/denonciations' }]}
        lede={<span>{t('several.lede')}</span>}
        actions={<LinkButton href="/denonciations">{t('act.toList')}</LinkButton>}
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {acts.map((act) => (
          <LiveAct
            key={act.id}
            id={act.id}
            title={act.programme.label}
            subtitle={act.programme.promoterName}
            fromServer={act.live}
            here={outcomeHref(String(envoi))}
            next={<NextActs programme={act.programme} lot={null} />}
            details={denonciationHref(act.id)}
          />
        ))}
        {refused.map(({ programme: { promoter, code }, code: reason, id }) => (
          <NotFiled
            key={`${promoter}/${code}`}
            programme={labels.get(`${promoter}/${code}`) ?? code}
            reason={reason}
            id={id}
          />
        ))}
      </div>
    </>
  );
}
