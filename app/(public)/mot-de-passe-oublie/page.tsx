import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ForgottenForm } from '@/components/accounts/forgotten-form';
import { PublicShell } from '@/components/layout/public-shell';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts.title'))('forgotten') };
}

export default async function ForgottenPage() {
  const t = await getTranslations('accounts');
  return (
    <PublicShell title={t('title.forgotten')} lede={t('forgotten.lede')}>
      <ForgottenForm />
    </PublicShell>
  );
}
