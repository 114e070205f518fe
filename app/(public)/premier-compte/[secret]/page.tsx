import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadLink } from '@/components/accounts/dead-link';
import { FirstAccountForm } from '@/components/accounts/first-account-form';
import { PublicShell } from '@/components/layout/public-shell';
import { linkHolder } from '@/lib/accounts/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts.title'))('first') };
}

export default async function FirstAccountPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const [holder, t] = await Promise.all([linkHolder('first-account', secret), getTranslations('accounts')]);
  if (!holder) return <DeadLink purpose="first-account" />;
  const staff = holder.promoterName !== null;
  return (
    <PublicShell title={t('title.first')} lede={t(staff ? 'first.lede' : 'first.operatorLede')}>
      <FirstAccountForm secret={secret} staff={staff} />
    </PublicShell>
  );
}
