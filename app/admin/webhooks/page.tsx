import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EventList } from '@/components/admin/event-list';
import { WebhookSettings } from '@/components/admin/webhook-settings';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { PageHeader } from '@/components/layout/page-header';
import { loadEvents, loadWebhookAddresses } from '@/lib/admin/loaders';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.title'))('webhooks') };
}

export default async function WebhooksPage({ searchParams }: Props) {
  const [search, settings, t] = await Promise.all([
    searchParams,
    loadWebhookAddresses(),
    getTranslations('admin'),
  ]);
  return (
    <>
      <PageHeader title={t('title.webhooks')} lede={t('webhooks.lede')} />
      <RefreshOnAct of={['denonciation', 'option', 'reservation']} />
      <RefreshWhileOpen everyMs={30_000} />
      <div className="grid gap-5">
        <EventList fromServer={await loadEvents(search)} />
        <WebhookSettings settings={settings} />
      </div>
    </>
  );
}
