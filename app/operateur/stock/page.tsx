import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { MirrorList } from '@/components/operator/mirror-list';
import { mirrors } from '@/lib/stock/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operator.title'))('stock') };
}

export default async function StockPage() {
  const [rows, t] = await Promise.all([mirrors(), getTranslations('operator')]);
  return (
    <>
      <PageHeader title={t('title.stock')} lede={t('stock.lede')} />
      <MirrorList mirrors={rows} />
    </>
  );
}
