import { FileCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** What a partner sees whose cabinet has no convention in force: why there is nothing, and what brings it. */
export async function NoConvention({ firm }: { firm: string }) {
  const t = await getTranslations('accounts.noConvention');
  return (
    <EmptyState
      icon={<FileCheck />}
      title={t('title')}
      action={<LinkButton href="/compte">{t('act')}</LinkButton>}
      className="max-w-xl"
    >
      <p>{t('text', { firm })}</p>
      <p className="mt-3">{t('next')}</p>
    </EmptyState>
  );
}
