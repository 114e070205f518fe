import { getTranslations } from 'next-intl/server';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { PageHeader } from '@/components/layout/page-header';
import { NoticeList } from '@/components/notifications/notice-list';
import { loadNotices } from '@/lib/notifications/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('notifications');
  return { title: t('title') };
}

export default async function NotificationsPage({ searchParams }: Props) {
  const [search, t] = await Promise.all([searchParams, getTranslations('notifications')]);
  return (
    <>
      <PageHeader title={t('title')} />
      <RefreshWhileOpen everyMs={15_000} />
      <NoticeList found={await loadNotices(search)} />
    </>
  );
}
