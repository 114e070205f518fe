import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChoosePasswordForm } from '@/components/accounts/choose-password-form';
import { DeadLink } from '@/components/accounts/dead-link';
import { PublicShell } from '@/components/layout/public-shell';
import { linkHolder } from '@/lib/accounts/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts.title'))('reset') };
}

export default async function ResetPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const [holder, t] = await Promise.all([linkHolder('reset', secret), getTranslations('accounts')]);
  if (!holder) return <DeadLink purpose="reset" />;
  return (
    <PublicShell
      title={t('title.reset')}
      lede={t('choose.resetLede', { name: holder.name, email: holder.email })}
    >
      <ChoosePasswordForm purpose="reset" secret={secret} email={holder.email} />
    </PublicShell>
  );
}
