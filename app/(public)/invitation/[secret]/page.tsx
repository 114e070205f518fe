import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChoosePasswordForm } from '@/components/accounts/choose-password-form';
import { DeadLink } from '@/components/accounts/dead-link';
import { PublicShell } from '@/components/layout/public-shell';
import { linkHolder } from '@/lib/accounts/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts.title'))('invitation') };
}

export default async function InvitationPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const [holder, t] = await Promise.all([linkHolder('invitation', secret), getTranslations('accounts')]);
  if (!holder) return <DeadLink purpose="invitation" />;
  return (
    <PublicShell
      title={t('title.invitation')}
      lede={t('choose.invitationLede', { name: holder.name, email: holder.email })}
    >
      <ChoosePasswordForm purpose="invitation" secret={secret} email={holder.email} />
    </PublicShell>
  );
}
