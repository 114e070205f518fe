import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { NoConvention } from '@/components/accounts/no-convention';
import { DashboardSkeleton } from '@/components/dashboard/dashboard-skeleton';
import { FiguresRow } from '@/components/dashboard/figures-row';
import { NewsCard } from '@/components/dashboard/news-card';
import { ProgressCard } from '@/components/dashboard/progress-card';
import { TodayCard } from '@/components/dashboard/today-card';
import { WatchesCard } from '@/components/dashboard/watches-card';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { PageHeader } from '@/components/layout/page-header';
import { signedInPerson } from '@/lib/accounts/loaders';
import { requirePartner } from '@/lib/auth/session';
import { loadDashboard } from '@/lib/dashboard/loaders';
import { loadWatchedLots } from '@/lib/notifications/loaders';

export async function generateMetadata() {
  const t = await getTranslations('dashboard');
  return { title: t('title') };
}

export default async function HomePage() {
  await requirePartner();
  const t = await getTranslations('dashboard');
  return (
    <>
      <PageHeader title={t('title')} />
      <Suspense fallback={<DashboardSkeleton />}>
        <Dashboard />
      </Suspense>
    </>
  );
}

async function Dashboard() {
  const [dashboard, watches] = await Promise.all([loadDashboard(), loadWatchedLots()]);
  if (!dashboard) return <NoConvention firm={(await signedInPerson()).firm ?? ''} />;
  const { today, figures, news, progress, manager } = dashboard;
  return (
    <div className="grid gap-5">
      <RefreshOnAct of={['denonciation', 'option', 'reservation']} />
      <RefreshWhileOpen everyMs={30_000} />
      <TodayCard today={today} now={new Date()} />
      <FiguresRow figures={figures} manager={manager} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <ProgressCard progress={progress} manager={manager} />
        <div className="grid gap-5">
          <NewsCard news={news} />
          <WatchesCard watches={watches} />
        </div>
      </div>
    </div>
  );
}
